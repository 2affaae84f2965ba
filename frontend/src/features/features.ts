/** Features of core tile cards: job control, and the colors of the slots. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { PrinterElement } from "../lib/base";
import { printerOf } from "../lib/find";
import { DOMAIN, type Hass, moreInfo } from "../lib/hass";
import { JOB, Printer } from "../lib/printer";
import { filament, spoolsOf, swatch } from "../lib/spools";
import { shared } from "../lib/styles";

interface Context {
  readonly entity_id?: string;
}

/** Return whether a tile shows the status of a printer. */
export function isStatus(hass: Hass, context: Context): boolean {
  const entity = hass.entities[context.entity_id ?? ""];
  return entity?.platform === DOMAIN && entity.translation_key === "status";
}

export function hasSlots(hass: Hass, context: Context): boolean {
  if (!isStatus(hass, context)) return false;
  const id = printerOf(hass, context.entity_id!);
  return spoolsOf(new Printer(hass, id)).length > 0;
}

abstract class Feature extends PrinterElement {
  static override properties = { ...PrinterElement.properties, context: { attribute: false } };
  declare context: Context | undefined;

  override setConfig(): void {
    // A feature has nothing to choose: its tile says which printer it is.
  }

  protected override shouldUpdate(changed: PropertyValues): boolean {
    if (!this.hass || !this.context) return false;
    this.printerId = printerOf(this.hass, this.context.entity_id ?? "");
    return super.shouldUpdate(changed);
  }
}

export class Controls extends Feature {
  protected readonly watched = ["sensor.status", "sensor.file"];

  static getStubConfig(): object {
    return { type: "custom:flashforge-controls" };
  }

  protected override render(): unknown {
    if (!isStatus(this.hass!, this.context!)) return nothing;
    const { status, pending } = this.printer;
    const paused = status === "paused" || status === "pausing";
    // What undoes a pause that waits is the same button.
    return html`<div class="feature">
        ${pending === "pause" || (paused && pending !== "resume")
          ? this.control("button.resume", "mdi:play", true)
          : this.control("button.pause", "mdi:pause", status === "printing" || status === "heating")}
        ${this.control("button.cancel", "mdi:stop", JOB.has(status) && status !== "canceling")}
      </div>
      ${this.notices()}`;
  }

  private control(key: string, icon: string, sensible: boolean): TemplateResult | typeof nothing {
    if (!this.printer.entity(key)) return nothing;
    const question = key === "button.cancel" ? this.cancelQuestion() : undefined;
    return html`<button
      aria-label=${this.words(key.slice(7))}
      aria-disabled=${!sensible || this.running !== undefined}
      @click=${() => sensible && this.press(key, question)}
    >
      <ha-icon icon=${this.running === key ? "mdi:timer-sand" : icon}></ha-icon>
    </button>`;
  }

  static override styles = [
    shared,
    css`
      .feature {
        display: flex;
        gap: var(--feature-button-spacing, 12px);
        height: var(--feature-height, 42px);
      }
      .feature button {
        flex: 1;
        display: grid;
        place-items: center;
        border-radius: var(--feature-border-radius, 12px);
        background: color-mix(in srgb, var(--primary-text-color) 7%, transparent);
      }
      .notice {
        margin-top: 8px;
      }
    `,
  ];
}

export class Swatches extends Feature {
  protected readonly watched = ["sensor.slot", "sensor.direct_feed", "sensor.active_slot"];

  static getStubConfig(): object {
    return { type: "custom:flashforge-swatches" };
  }

  protected override render(): unknown {
    const spools = spoolsOf(this.printer);
    if (!spools.length) return nothing;
    return html`<div class="feature">
      ${spools.map((spool) => {
        const text = filament(this.words, spool);
        const name = spool.number ? this.words("slot", { number: String(spool.number) }) : this.words("external");
        return html`<button
          class=${spool.active ? "active" : ""}
          aria-label=${`${name}: ${text}`}
          title=${text}
          @click=${() => {
            const id = this.printer.entity(spool.key);
            if (id) moreInfo(this, id);
          }}
        >
          ${swatch(spool)}
        </button>`;
      })}
    </div>`;
  }

  static override styles = [
    shared,
    css`
      .feature {
        display: flex;
        gap: 8px;
        height: var(--feature-height, 42px);
      }
      button {
        flex: 1;
        display: grid;
        place-items: center;
        border-radius: var(--feature-border-radius, 12px);
        background: color-mix(in srgb, var(--primary-text-color) 4%, transparent);
      }
      button.active {
        box-shadow: inset 0 0 0 2px var(--ff-blue);
      }
      .swatch {
        width: 24px;
        height: 24px;
        text-align: center;
        color: var(--secondary-text-color);
        box-shadow: 0 0 0 1px color-mix(in srgb, var(--primary-text-color) 40%, transparent);
      }
      .swatch.hollow {
        box-shadow: none;
        border: 2px dashed var(--ff-gray);
        box-sizing: border-box;
      }
    `,
  ];
}
