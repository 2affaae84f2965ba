/** `flashforge-compact-card`: a printer in two rows. */

import { css, html, nothing } from "lit";
import { form, PrinterElement, stub } from "../lib/base";
import { moreInfo, navigate } from "../lib/hass";
import { duration, JOB, moment } from "../lib/printer";
import { shared } from "../lib/styles";

/** What a farm of printers adds: where a tap goes. */
interface CompactConfig {
  readonly type: string;
  readonly printer?: string;
  readonly path?: string;
}

export class CompactCard extends PrinterElement {
  path: string | undefined;
  protected readonly watched = [
    "sensor.status",
    "sensor.progress",
    "sensor.remaining_time",
    "sensor.finish_time",
    "sensor.file",
    "sensor.last_print",
    "sensor.error",
    "sensor.offline_reason",
    "binary_sensor.plate_occupied",
  ];

  override setConfig(config: CompactConfig): void {
    super.setConfig(config);
    this.path = config.path;
  }

  static getConfigForm = form;

  static getStubConfig = stub;

  getCardSize(): number {
    return 2;
  }

  getGridOptions(): unknown {
    return { columns: 6, rows: 2, min_columns: 6, min_rows: 2 };
  }

  private open(): void {
    const id = this.printer.entity("sensor.status");
    if (this.path) navigate(this.path);
    else if (id) moreInfo(this, id);
  }

  protected override render(): unknown {
    const { printer } = this;
    if (!printer.exists) return this.nobody();
    const working = JOB.has(printer.status);
    const progress = printer.number("sensor.progress");
    const percent = working && progress !== undefined ? Math.round(progress) : undefined;
    return html`<ha-card class=${printer.color}>
      <button class="all" @click=${this.open}>
        <span class="top">
          <ha-icon icon="mdi:printer-3d"></ha-icon>
          <span class="name">${printer.name}</span>
        </span>
        <span class="line">
          ${printer.entity("sensor.status") ? html`<span class="chip">${printer.sentence(this.words)}</span>` : nothing}
          ${percent === undefined ? nothing : html`<strong>${percent} %</strong>`}
        </span>
        <span class="line muted">${this.detail()}</span>
        ${percent === undefined
          ? nothing
          : html`<span class="bar" role="progressbar" aria-label=${this.words("progress")}
              aria-valuenow=${percent}
              ><div style="width:${percent}%"></div
            ></span>`}
      </button>
    </ha-card>`;
  }

  private detail(): string {
    const { printer } = this;
    if (printer.offline) {
      const since = moment(this.hass!, printer.state("sensor.status")?.last_changed);
      return printer.absence ?? (since ? this.words("off_since", { time: since }) : "");
    }
    if (printer.hasError) return printer.words("sensor.error") ?? this.words("error");
    const working = JOB.has(printer.status);
    if (printer.plateOccupied && !working) return this.words("plate");
    const left = working ? printer.minutesLeft : undefined;
    return [
      left === undefined ? "" : duration(this.words, left),
      printer.value("sensor.file") ?? printer.value("sensor.last_print") ?? "",
    ]
      .filter(Boolean)
      .join(" · ");
  }

  static override styles = [
    shared,
    css`
      :host {
        height: 100%;
      }
      .all {
        width: 100%;
        height: 100%;
        min-height: 112px;
        box-sizing: border-box;
        padding: 8px 14px;
        display: flex;
        flex-direction: column;
        justify-content: space-between;
        gap: 2px;
      }
      .all:focus-visible {
        outline-offset: -3px;
      }
      .top,
      .line {
        display: flex;
        align-items: center;
        gap: 8px;
        min-width: 0;
        width: 100%;
      }
      .line {
        justify-content: space-between;
        font-size: 0.93em;
      }
      strong {
        flex: none;
        margin-inline-start: auto;
      }
      .line.muted {
        display: block;
        width: fit-content;
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        flex: none;
        line-height: 1.35;
        min-height: 1.35em;
      }
      .top ha-icon {
        color: var(--ff-now);
        flex: none;
      }
      .name {
        overflow-wrap: anywhere;
        line-height: 1.25;
        font-weight: 500;
      }
      span.bar {
        display: block;
        width: 100%;
        flex: none;
        height: 6px;
      }
    `,
  ];
}
