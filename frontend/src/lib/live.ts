/** The camera's pictures, which stop when nobody can see them. */

import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { address, type Hass } from "./hass";

/** `flashforge-live`: the stream of a camera while it is on the screen. */
export class Live extends LitElement {
  static override properties = {
    hass: { attribute: false },
    entity: {},
    label: {},
    visible: { state: true },
    failed: { state: true },
  };
  declare hass: Hass | undefined;
  declare entity: string | undefined;
  declare label: string;
  declare visible: boolean;
  declare failed: boolean;
  private source: string | undefined;
  private onScreen = true;
  private observer: IntersectionObserver | undefined;

  constructor() {
    super();
    this.label = "";
    this.visible = false;
    this.failed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.look);
    if (typeof IntersectionObserver !== "undefined") {
      this.onScreen = false;
      this.observer = new IntersectionObserver((entries) => {
        this.onScreen = entries.some(({ isIntersecting }) => isIntersecting);
        this.look();
      });
      this.observer.observe(this);
    }
    this.look();
  }

  override disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.look);
    this.observer?.disconnect();
    this.stop();
    super.disconnectedCallback();
  }

  private readonly look = (): void => {
    const visible = this.isConnected && this.onScreen && !document.hidden;
    if (this.visible && !visible) this.stop();
    if (!this.visible && visible) this.failed = false;
    this.visible = visible;
  };

  /** A picture that is only removed goes on loading; this ends it. */
  private stop(): void {
    this.source = undefined;
    this.visible = false;
    this.renderRoot?.querySelector("img")?.setAttribute("src", "");
  }

  protected override shouldUpdate(changed: PropertyValues): boolean {
    if (changed.size > 1 || !changed.has("hass")) return true;
    const before = (changed.get("hass") as Hass | undefined)?.states[this.entity ?? ""];
    return before !== this.hass?.states[this.entity ?? ""];
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("entity")) this.source = undefined;
    const token = this.hass?.states[this.entity ?? ""]?.attributes["access_token"];
    // The token changes every few minutes; a stream that runs goes on with the old one.
    if (!this.visible || this.source || !token) return;
    const path = `/api/camera_proxy_stream/${this.entity}?token=${String(token)}`;
    this.source = address(this.hass!, path);
  }

  private fail(): void {
    this.failed = true;
    this.source = undefined;
  }

  protected override render(): unknown {
    if (!this.visible || this.failed || !this.source) return html`<slot></slot>`;
    return html`${this.source
      ? html`<img alt=${this.label} src=${this.source} @error=${this.fail} />`
      : nothing}`;
  }

  static override styles = css`
    :host {
      display: grid;
      place-items: center;
      width: 100%;
      height: 100%;
      min-height: 60px;
      overflow: hidden;
    }
    img {
      width: 100%;
      height: 100%;
      object-fit: cover;
      display: block;
    }
  `;
}
