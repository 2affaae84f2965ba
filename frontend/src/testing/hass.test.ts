/** A made-up page of Home Assistant for the tests, with one printer or more. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Past, Total } from "../lib/history";
import type { Device, Entity, Hass, Localize, State } from "../lib/hass";

const texts = JSON.parse(
  readFileSync("../custom_components/flashforge/translations/en.json", "utf8"),
) as Record<string, unknown>;

/** Look a text up as Home Assistant does: an unknown key is an empty text. */
const localize: Localize = (key, placeholders = {}) => {
  const path = key.split(".").slice(2);
  let at: unknown = texts;
  for (const part of path) at = (at as Record<string, unknown> | undefined)?.[part];
  return typeof at === "string" ? at.replace(/\{(\w+)\}/g, (_, name) => placeholders[name] ?? "") : "";
};

export interface Call {
  domain: string;
  service: string;
  data: Record<string, unknown> | undefined;
  target: Record<string, unknown> | undefined;
}

type Values = Record<string, string | [string, Record<string, unknown>]>;

/** One printer by the keys of its entities: `"sensor.slot.2": "PLA"`. */
export class Page {
  readonly calls: Call[] = [];
  readonly asked: Record<string, unknown>[] = [];
  /** What the websocket answers, by the type of the message or the name of the action. */
  readonly answers: Record<string, unknown> = {};
  refuse: unknown;
  version = "now";
  /** The prints that are over, the newest first; not when they are unreadable. */
  past: Past[] = [];
  totals: Total[] = [];
  unreadable: unknown;
  /** Those that listen to changes of the history. */
  readonly listening = new Set<{ changed(): void; message: unknown }>();
  hass: Hass;
  private readonly unique = new Map<string, string>();

  constructor() {
    const base = {
      states: {},
      entities: {},
      devices: {},
      language: "en",
      locale: { language: "en", time_format: "24" },
      config: { time_zone: "UTC" },
      localize,
      callService: async (
        domain: string,
        service: string,
        data?: Record<string, unknown>,
        target?: Record<string, unknown>,
      ) => {
        this.calls.push({ domain, service, data, target });
        if (this.refuse) throw this.refuse;
      },
      callWS: async (message: Record<string, unknown>) => {
        this.asked.push(message);
        if (message["type"] === "flashforge/cards") return { version: this.version };
        if (message["type"] === "auth/sign_path") return { path: `${String(message["path"])}?authSig=1` };
        if (message["type"] === "flashforge/history") return this.history(message);
        const answer = this.answers[String(message["service"] ?? message["type"])];
        if (answer instanceof Error || (answer as { code?: string })?.code) throw answer;
        if (answer !== undefined) return answer;
        const ids = message["entity_ids"] as string[];
        return Object.fromEntries(ids.map((id) => [id, { unique_id: this.unique.get(id) }]));
      },
      connection: {
        subscribeMessage: async (changed: () => void, message: unknown) => {
          const one = { changed, message };
          this.listening.add(one);
          return async () => void this.listening.delete(one);
        },
      },
      loadBackendTranslation: async () => localize,
      formatEntityState: (state: State, value = state.state) => {
        const key = this.hass.entities[state.entity_id]?.translation_key;
        const words = localize(`component.flashforge.entity.${state.entity_id.split(".")[0]}.${key}.state.${value}`);
        const unit = state.attributes["unit_of_measurement"];
        return words || (unit ? `${value} ${String(unit)}` : value);
      },
      formatEntityAttributeValue: (state: State, name: string) => {
        const key = this.hass.entities[state.entity_id]?.translation_key;
        const value = String(state.attributes[name]);
        const domain = state.entity_id.split(".")[0];
        return (
          localize(`component.flashforge.entity.${domain}.${key}.state_attributes.${name}.state.${value}`) || value
        );
      },
    };
    this.hass = base as unknown as Hass;
  }

  private history(message: Record<string, unknown>): object {
    if (this.unreadable) throw this.unreadable;
    const { printer, start, limit } = message as { printer?: string; start: number; limit: number };
    const meant = this.past.filter((each) => !printer || each.printer === printer);
    return { prints: meant.slice(start, start + limit), count: meant.length, totals: this.totals };
  }

  /** Add a printer, and return the id of its device. */
  add(name: string, values: Values, id = `device_${name.toLowerCase()}`): string {
    const device: Device = { id, name, model: name, identifiers: [["flashforge", `SN${name}`]] };
    const entities: Record<string, Entity> = {};
    const states: Record<string, State> = {};
    for (const [key, value] of Object.entries(values)) {
      const [domain, translation_key, number] = key.split(".") as [string, string, string?];
      const suffix = number ? `${translation_key}_${number}` : translation_key;
      const entity_id = `${domain}.${name.toLowerCase()}_${suffix}`;
      entities[entity_id] = { entity_id, device_id: id, translation_key, platform: "flashforge" };
      this.unique.set(entity_id, `SN${name}_${suffix}`);
      const [state, attributes] = typeof value === "string" ? [value, {}] : value;
      states[entity_id] = { entity_id, state, attributes };
    }
    this.update({
      devices: { ...this.hass.devices, [id]: device },
      entities: { ...this.hass.entities, ...entities },
      states: { ...this.hass.states, ...states },
    });
    return id;
  }

  update(change: Partial<Hass>): Hass {
    this.hass = { ...this.hass, ...change };
    return this.hass;
  }

  /** Give an entity another state. */
  set(entity_id: string, state: string, attributes?: Record<string, unknown>): Hass {
    const before = this.hass.states[entity_id];
    return this.update({
      states: {
        ...this.hass.states,
        [entity_id]: { entity_id, state, attributes: attributes ?? before?.attributes ?? {} },
      },
    });
  }

  /** Let an entity vanish, as a disabled one does. */
  drop(entity_id: string): Hass {
    const { [entity_id]: _entity, ...entities } = this.hass.entities;
    const { [entity_id]: _state, ...states } = this.hass.states;
    return this.update({ entities, states });
  }

  /** Let a person give an entity another id. */
  rename(from: string, to: string): Hass {
    const entity = this.hass.entities[from]!;
    const state = this.hass.states[from]!;
    this.unique.set(to, this.unique.get(from)!);
    this.drop(from);
    return this.update({
      entities: { ...this.hass.entities, [to]: { ...entity, entity_id: to } },
      states: { ...this.hass.states, [to]: { ...state, entity_id: to } },
    });
  }
}

export const PRINTING: Values = {
  "sensor.status": ["printing", {}],
  "sensor.progress": ["43.2", { unit_of_measurement: "%" }],
  "sensor.remaining_time": ["95", { unit_of_measurement: "min" }],
  "sensor.finish_time": "2026-11-26T10:04:00+00:00",
  "sensor.file": "FISH_PLA.3mf",
  "sensor.current_layer": "48",
  "sensor.total_layers": "111",
  "sensor.elapsed_time": ["76", { unit_of_measurement: "min" }],
  "sensor.last_print": [
    "Vase.3mf",
    { result: "finished", end: "2026-11-26T07:10:00+00:00", duration: 10260, filament_weight: 21.6, slots: [1] },
  ],
  "sensor.nozzle_temperature": ["219", { unit_of_measurement: "°C" }],
  "sensor.bed_temperature": ["60", { unit_of_measurement: "°C" }],
  "sensor.error": ["none", { code: null, cause: null, cure: null }],
  "sensor.offline_reason": "none",
  "sensor.upload_progress": ["unknown", { file: null }],
  "sensor.active_slot": "2",
  "sensor.slot.1": ["PLA · White", { material: "PLA", color: "#FFFFFF", color_name: "white", loaded: true }],
  "sensor.slot.2": ["PETG · Blue", { material: "PETG", color: "#2750E0", color_name: "blue", loaded: true }],
  "sensor.slot.3": ["empty", { material: null, color: null, color_name: null, loaded: false }],
  "sensor.slot.4": ["unknown", { material: null, color: null, color_name: null, loaded: null }],
  "select.slot_material.1": ["PLA", { options: ["PLA", "PETG"] }],
  "select.slot_color.1": ["white", { options: ["white", "blue"] }],
  "number.nozzle_target": "220",
  "number.bed_target": "60",
  "binary_sensor.plate_occupied": "off",
  "button.pause": "unknown",
  "button.resume": "unknown",
  "button.cancel": "unknown",
  "button.clear_error": "unknown",
  "button.clear_plate": "unknown",
  "button.print_again": "unknown",
  "button.cancel_upload": "unknown",
  "binary_sensor.door": "off",
  "event.print": "unknown",
  "light.light": "on",
  "camera.camera": ["idle", { access_token: "abc", entity_picture: "/api/camera_proxy/x?token=abc", stream: "idle" }],
  "image.job_thumbnail": ["2026-11-26T08:00:00+00:00", { entity_picture: "/api/image_proxy/x?token=abc" }],
};

type Element = HTMLElement & { hass?: Hass; setConfig?(config: object): void; updateComplete: Promise<boolean> };

/** Put an element on the page, and wait until it shows something. */
export async function show(element: HTMLElement, hass: Hass, config: object): Promise<Element> {
  const shown = element as Element;
  shown.setConfig?.(config);
  shown.hass = hass;
  document.body.replaceChildren(shown);
  await settled(shown);
  return shown;
}

export async function settled(element: HTMLElement): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) {
    await Promise.resolve();
    await (element as Element).updateComplete;
  }
}

/** Return everything that a person reads in an element, with what is read out aloud. */
export function textOf(element: HTMLElement): string {
  const root = element.shadowRoot ?? element;
  const labels = [...root.querySelectorAll("[aria-label]")].map((each) => each.getAttribute("aria-label"));
  const copy = root.cloneNode(true) as ParentNode;
  copy.querySelectorAll("style").forEach((style) => style.remove());
  const words = [...(copy as Element | DocumentFragment).childNodes].map((node) => node.textContent).join(" ");
  return [words, ...labels].join(" ").replace(/\s+/g, " ").trim();
}

test("the made-up page speaks the words of the translation file", () => {
  expect(localize("component.flashforge.common.card_layer", { layer: "1", layers: "2" })).toBe("Layer 1 / 2");
});
