/** `flashforge-badge`: a printer in one line at the top of a view. */

import { css, html } from "lit";
import { form, PrinterElement, stub } from "../lib/base";
import { duration, JOB } from "../lib/printer";
import { shared } from "../lib/styles";

export class Badge extends PrinterElement {
  protected readonly watched = ["sensor.status", "sensor.progress", "sensor.remaining_time"];

  static getConfigForm = form;

  static getStubConfig = stub;

  protected override render(): unknown {
    const { printer } = this;
    const progress = printer.number("sensor.progress");
    const left = printer.minutesLeft;
    const working = JOB.has(printer.status);
    const text = [
      printer.exists ? printer.sentence(this.words) : this.words("removed"),
      working && progress !== undefined ? `${Math.round(progress)} %` : "",
      working && left !== undefined ? duration(this.words, left) : "",
    ].filter(Boolean);
    return html`<button class="badge ${printer.color}" @click=${this.more("sensor.status")}>
      <ha-icon icon="mdi:printer-3d"></ha-icon>
      <span><small class="muted">${printer.name}</small>${text.join(" · ")}</span>
    </button>`;
  }

  static override styles = [
    shared,
    css`
      .badge {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 40px;
        padding: 0 14px;
        padding-inline-start: 10px;
        border-radius: 20px;
        background: var(--ha-card-background, var(--card-background-color, #fff));
        border: 1px solid var(--ha-card-border-color, var(--divider-color, #e0e0e0));
        box-sizing: border-box;
        font-size: 0.9em;
        line-height: 1.2;
        white-space: nowrap;
      }
      ha-icon {
        color: var(--ff-now);
        --mdc-icon-size: 20px;
      }
      small {
        display: block;
      }
    `,
  ];
}
