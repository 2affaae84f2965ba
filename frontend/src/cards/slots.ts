/** `flashforge-slots-card`: the filament in each slot; a tap labels, loads, unloads. */

import { css, html, nothing, type TemplateResult } from "lit";
import { form, PrinterElement } from "../lib/base";
import { printers } from "../lib/find";
import type { Hass } from "../lib/hass";
import { JOB, Printer } from "../lib/printer";
import { filament, type Spool, spoolsOf, swatch } from "../lib/spools";
import { shared } from "../lib/styles";

const FEEDING = new Set(["heating", "feeding", "purging", "cutting", "retracting"]);

export class SlotsCard extends PrinterElement {
  static override properties = { ...PrinterElement.properties, open: { state: true } };
  declare private open: number | undefined;

  protected readonly watched = [
    "sensor.status",
    "sensor.slot",
    "sensor.direct_feed",
    "sensor.active_slot",
    "sensor.station_activity",
    "select.slot_material",
    "select.slot_color",
    "select.direct_feed_material",
    "select.direct_feed_color",
  ];

  static getConfigForm = form;

  static getStubConfig(hass: Hass): { printer: string | undefined } {
    const all = printers(hass);
    const withSlots = all.find(({ id }) => spoolsOf(new Printer(hass, id)).length);
    return { printer: (withSlots ?? all[0])?.id };
  }

  getCardSize(): number {
    return 2;
  }

  getGridOptions(): unknown {
    return { columns: 12, rows: "auto", min_columns: 6 };
  }

  protected override render(): unknown {
    const { printer } = this;
    if (!printer.exists) return this.nobody();
    const spools = spoolsOf(printer);
    if (!spools.length) {
      return html`<ha-card><div class="empty">${this.words("no_slots")}</div></ha-card>`;
    }
    const open = spools.find(({ number }) => number === this.open);
    return html`<ha-card class=${printer.color}>
      <div class="card">
        ${this.notices()} ${this.feeding(printer)}
        <div class="spools" style="--count:${spools.length}">
          ${spools.map((spool) => this.spool(spool))}
        </div>
        ${open ? this.sheet(printer, open) : nothing}
      </div>
    </ha-card>`;
  }

  private spool(spool: Spool): TemplateResult {
    const { number } = spool;
    const name = number ? this.words("slot", { number: String(number) }) : this.words("external");
    const text = filament(this.words, spool);
    return html`<button
      class="spool ${spool.active ? "active" : ""}"
      aria-expanded=${this.open === number}
      @click=${() => {
        this.open = this.open === number ? undefined : number;
      }}
    >
      ${swatch(spool)}
      <span class="what">${text}</span>
      <small class="muted">${spool.active ? this.words("in_use") : name}</small>
    </button>`;
  }

  /** What a feed that runs does now, and the way to stop it. */
  private feeding(printer: Printer): TemplateResult | typeof nothing {
    if (!FEEDING.has(printer.value("sensor.station_activity") ?? "") || JOB.has(printer.status)) {
      return nothing;
    }
    return html`<div class="feed blue">
      <span>${printer.words("sensor.station_activity")}</span>
      <div class="bar waiting" role="progressbar" aria-label=${this.words("feeding")}><div></div></div>
      ${printer.entity("button.cancel_filament")
        ? html`<button class="text" @click=${() => this.press("button.cancel_filament")}>
            ${this.words("cancel")}
          </button>`
        : nothing}
    </div>`;
  }

  private sheet(printer: Printer, spool: Spool): TemplateResult {
    const { number } = spool;
    if (printer.offline) return html`<p class="muted">${this.words("slots_off")}</p>`;
    if (JOB.has(printer.status) && printer.status !== "paused") {
      return html`<p class="muted">${this.words("slots_busy")}</p>`;
    }
    const part = number ? "slot" : "direct_feed";
    const key = (what: string): string =>
      number ? `select.${part}_${what}.${number}` : `select.${part}_${what}`;
    return html`<div class="sheet">
      ${this.choice(printer, key("material"), this.words("material"))}
      ${this.choice(printer, key("color"), this.words("color"))}
      ${printer.entity("button.cancel_filament")
        ? html`<div class="buttons">
            ${this.feed("load_filament", "mdi:download", number)}
            ${this.feed("unload_filament", "mdi:upload", number)}
          </div>`
        : nothing}
    </div>`;
  }

  private feed(action: string, icon: string, slot: number): TemplateResult {
    return html`<button
      class="big blue"
      aria-disabled=${this.running !== undefined}
      @click=${() => this.act(action, ["flashforge", action, { slot }])}
    >
      <ha-icon icon=${this.running === action ? "mdi:timer-sand" : icon}></ha-icon>
      <span>${this.words(action)}</span>
    </button>`;
  }

  private choice(printer: Printer, key: string, label: string): TemplateResult | typeof nothing {
    const state = printer.state(key);
    const options = state?.attributes["options"];
    if (!state || !Array.isArray(options)) return nothing;
    const chosen = async (event: Event): Promise<void> => {
      const select = event.target as HTMLSelectElement;
      const done = await this.carryOut(key, ["select", "select_option", { option: select.value }]);
      if (!done) select.value = state.state;
    };
    return html`<label>
      <span class="muted">${label}</span>
      <select aria-disabled=${this.running !== undefined} @change=${chosen}>
        ${options.includes(state.state) ? nothing : html`<option value="" selected></option>`}
        ${options.map(
          (option: string) => html`<option value=${option} ?selected=${option === state.state}>
            ${this.hass!.formatEntityState(state, option)}
          </option>`,
        )}
      </select>
    </label>`;
  }

  static override styles = [
    shared,
    css`
      .card {
        display: flex;
        flex-direction: column;
        gap: 10px;
        padding: 12px;
      }
      .spools {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, max(72px, 100% / var(--count) - 8px)), 1fr));
        gap: 8px;
      }
      .spool {
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: 4px;
        padding: 10px 4px;
        min-width: 0;
        text-align: center;
        line-height: 1.25;
      }
      .spool.active {
        background: color-mix(in srgb, var(--ff-blue) 14%, transparent);
      }
      .spool .swatch {
        width: 44px;
        height: 44px;
        display: grid;
        place-items: center;
        margin-bottom: 4px;
        color: var(--secondary-text-color);
        font-size: 1.2em;
        box-shadow:
          inset 0 0 0 15px color-mix(in srgb, var(--swatch, transparent) 100%, transparent),
          0 0 0 2px var(--card-background-color, #fff),
          0 0 0 3px color-mix(in srgb, var(--primary-text-color) 40%, transparent);
        background: var(--swatch, color-mix(in srgb, var(--primary-text-color) 5%, transparent));
      }
      .spool .swatch::after {
        content: "";
        width: 12px;
        height: 12px;
        border-radius: 50%;
        background: var(--card-background-color, #fff);
        box-shadow: 0 0 0 1px color-mix(in srgb, var(--primary-text-color) 40%, transparent);
        grid-area: 1 / 1;
      }
      .spool .swatch:not([style*="swatch"])::after {
        display: none;
      }
      .spool .swatch.hollow {
        background: none;
        box-shadow: none;
        border: 2px dashed var(--ff-gray);
        box-sizing: border-box;
      }
      .what {
        max-width: 100%;
        overflow-wrap: anywhere;
        font-weight: 500;
      }
      .feed {
        display: grid;
        grid-template-columns: auto 1fr auto;
        align-items: center;
        gap: 10px;
      }
      .sheet {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
        gap: 10px;
        padding-top: 10px;
        border-top: 1px solid var(--ff-line);
      }
      .sheet .buttons {
        grid-column: 1 / -1;
      }
      label {
        display: grid;
        gap: 4px;
      }
      p {
        margin: 0;
        padding: 4px;
      }
    `,
  ];
}
