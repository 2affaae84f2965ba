/** The parts of Home Assistant's page that the cards use. */

export interface State {
  readonly entity_id: string;
  readonly state: string;
  readonly last_changed?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Entity {
  readonly entity_id: string;
  readonly device_id?: string | null;
  readonly translation_key?: string | null;
  readonly platform?: string;
  readonly hidden?: boolean;
}

export interface Device {
  readonly id: string;
  readonly name?: string | null;
  readonly name_by_user?: string | null;
  readonly model?: string | null;
  readonly identifiers?: readonly (readonly string[])[];
  readonly via_device_id?: string | null;
  readonly parent_device_id?: string | null;
}

export type Localize = (key: string, placeholders?: Record<string, string>) => string;

export interface Hass {
  readonly states: Readonly<Record<string, State | undefined>>;
  readonly entities: Readonly<Record<string, Entity>>;
  readonly devices: Readonly<Record<string, Device>>;
  readonly language: string;
  readonly locale?: { language: string; time_format?: string; time_zone?: string };
  readonly config?: { time_zone?: string };
  readonly user?: { is_admin?: boolean };
  readonly localize: Localize;
  readonly auth?: { readonly accessToken: string; readonly expired: boolean; refreshAccessToken(): Promise<void> };
  callService(
    domain: string,
    service: string,
    data?: Record<string, unknown>,
    target?: Record<string, unknown>,
    notifyOnError?: boolean,
  ): Promise<unknown>;
  readonly connection?: {
    subscribeMessage(changed: () => void, message: Record<string, unknown>): Promise<() => Promise<void>>;
  };
  callWS<T>(message: Record<string, unknown>): Promise<T>;
  loadBackendTranslation(category: string, integration?: string): Promise<Localize>;
  formatEntityState(state: State, value?: string): string;
  formatEntityAttributeValue(state: State, attribute: string): string;
  hassUrl?(path: string): string;
}

export const DOMAIN = "flashforge";

export interface CardConfig {
  readonly type: string;
  readonly printer?: string;
}

/** Open the dialog of an entity, as every core card does. */
export function moreInfo(from: EventTarget, entityId: string): void {
  from.dispatchEvent(
    new CustomEvent("hass-more-info", {
      bubbles: true,
      composed: true,
      detail: { entityId },
    }),
  );
}

/** Tell something in Home Assistant's own line at the bottom of the page. */
export function toast(from: EventTarget, message: string): void {
  from.dispatchEvent(
    new CustomEvent("hass-notification", { bubbles: true, composed: true, detail: { message } }),
  );
}

/** Go to a page without loading everything again. */
export function navigate(path: string): void {
  history.pushState(null, "", path);
  window.dispatchEvent(new CustomEvent("location-changed", { detail: { replace: false } }));
}

/** Turn an address of Home Assistant into one for this page. */
export function address(hass: Hass, path: string): string {
  return hass.hassUrl ? hass.hassUrl(path) : path;
}
