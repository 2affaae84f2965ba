/** `flashforge-printer-editor`: asks which printer a section or a view is about. */

import { html, LitElement, nothing } from "lit";
import { form } from "../lib/base";
import type { Hass } from "../lib/hass";

export class PrinterEditor extends LitElement {
  static override properties = { hass: { attribute: false }, config: { state: true } };

  declare hass: Hass | undefined;
  declare private config: Record<string, unknown> | undefined;

  setConfig(config: Record<string, unknown>): void {
    this.config = config;
  }

  protected override render(): unknown {
    if (!this.hass || !this.config) return nothing;
    const { schema, computeLabel } = form();
    return html`<ha-form
      .hass=${this.hass}
      .data=${this.config}
      .schema=${schema}
      .computeLabel=${computeLabel}
      @value-changed=${this.changed}
    ></ha-form>`;
  }

  private changed(event: CustomEvent<{ value: object }>): void {
    event.stopPropagation();
    const config = { ...this.config, ...event.detail.value };
    this.dispatchEvent(new CustomEvent("config-changed", { detail: { config }, bubbles: true, composed: true }));
  }
}
