/** `flashforge-history-card`: the prints that are over, of one printer or of all. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { form, PrinterElement, stub } from "../lib/base";
import { nameOf, printers } from "../lib/find";
import { address, DOMAIN } from "../lib/hass";
import { type History, historyOf, onChange, type Past, type Result, type Total } from "../lib/history";
import { duration, moment, Printer } from "../lib/printer";
import { shared } from "../lib/styles";
import { reasonOf } from "../lib/texts";

const MORE = 20;
const FIRST = 5;
const MOST = 100;
const COLOR = /^#[0-9a-f]{6}$/i;
const RESULTS: Readonly<Record<Result, readonly [icon: string, color: string]>> = {
  finished: ["mdi:check-circle", "green"],
  canceled: ["mdi:minus-circle", "amber"],
  failed: ["mdi:alert-circle", "red"],
  ended: ["mdi:help-circle", ""],
};

const keyOf = ({ printer, id }: Past): string => `${printer} ${id}`;

export class HistoryCard extends PrinterElement {
  static override properties = {
    ...PrinterElement.properties,
    history: { state: true },
    trouble: { state: true },
    open: { state: true },
    only: { state: true },
  };
  declare private history: History | undefined;
  /** Why the history cannot be read. */
  declare private trouble: string | undefined;
  declare private open: string | undefined;
  /** The printer that a person chose of all. */
  declare private only: string | undefined;
  private meant: string | undefined;
  private stop: Promise<() => void> | undefined;
  private asked = 0;
  private readonly pictures = new Map<string, string>();

  protected readonly watched: readonly string[] = [];

  static getConfigForm = (): unknown => form(false);

  static getStubConfig = stub;

  getCardSize(): number {
    return 6;
  }

  getGridOptions(): unknown {
    return { columns: 12, rows: "auto", min_columns: 6 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("connection-status", this.again);
    this.requestUpdate("known");
  }

  override disconnectedCallback(): void {
    window.removeEventListener("connection-status", this.again);
    this.leave();
    super.disconnectedCallback();
  }

  private leave(): void {
    void this.stop?.then((stop) => stop()).catch(() => undefined);
    this.stop = undefined;
  }

  /** Ask for everything that is shown, because some of it changed. */
  private readonly again = (): void => {
    if (this.stop) void this.ask(0, Math.min(MOST, Math.max(this.first, this.history?.prints.length ?? 0)));
  };

  private get first(): number {
    return this.meant ? FIRST : MORE;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const meant = this.printerId ?? this.only;
    if (this.stop && meant === this.meant) return;
    this.leave();
    if (!this.isConnected) return;
    if (meant !== this.meant || changed.has("printerId")) this.history = undefined;
    this.meant = meant;
    this.stop = onChange(this.hass!, meant, this.again);
    this.stop.catch(() => undefined);
    void this.ask(0, this.first);
  }

  private async ask(start: number, limit: number): Promise<void> {
    const turn = ++this.asked;
    try {
      const { prints, ...rest } = await historyOf(this.hass!, this.meant, start, limit);
      if (turn !== this.asked) return;
      const before = start ? (this.history?.prints.slice(0, start) ?? []) : [];
      this.history = { prints: [...before, ...prints], ...rest };
      this.trouble = undefined;
    } catch (error) {
      const reason = await reasonOf(this.hass!, error);
      if (turn === this.asked) this.trouble = reason;
    }
  }

  protected override render(): unknown {
    const { history, trouble } = this;
    if (this.printerId && !this.printer.exists) return this.nobody();
    return html`<ha-card>
      <div class="card">
        ${this.open ? nothing : this.notices()} ${this.filter()}
        ${trouble ? html`<p class="muted" role="alert">${trouble}</p>` : nothing}
        ${history?.totals.some(({ prints }) => prints) ? this.totals(history.totals) : nothing}
        ${history && !history.prints.length
          ? html`<div class="empty">${this.words("no_prints")}</div>`
          : nothing}
        ${history?.prints.length
          ? html`<ul>
              ${history.prints.map((past) => this.row(past))}
            </ul>`
          : nothing}
        ${history && history.prints.length < history.count
          ? html`<button class="text" @click=${() => this.ask(history.prints.length, MORE)}>
              ${this.words("more")}
            </button>`
          : nothing}
      </div>
    </ha-card>`;
  }

  private filter(): TemplateResult | typeof nothing {
    const all = this.printerId ? [] : printers(this.hass!);
    if (all.length < 2) return nothing;
    const chosen = (event: Event): void => {
      this.only = (event.target as HTMLSelectElement).value || undefined;
    };
    return html`<select aria-label=${this.words("printer")} @change=${chosen}>
      <option value="">${this.words("all_printers")}</option>
      ${all.map(
        (device) => html`<option value=${device.id} ?selected=${device.id === this.only}>${nameOf(device)}</option>`,
      )}
    </select>`;
  }

  private totals(totals: readonly Total[]): TemplateResult {
    const columns: [string, (total: Total) => string | undefined][] = [
      ["prints", ({ prints }) => this.number(prints)],
      ["time", (total) => this.time(total.duration)],
      ["used", ({ weight }) => this.weight(weight)],
      ["success", ({ judged, finished }) => (judged ? this.number(finished / judged, { style: "percent" }) : undefined)],
    ];
    const shown = columns.filter(([, value]) => totals.some((total) => value(total) !== undefined));
    return html`<table>
      <thead>
        <tr>
          <td></td>
          ${shown.map(([key]) => html`<th scope="col">${this.words(`total_${key}`)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${totals.map(
          (total) => html`<tr>
            <th scope="row"><bdi>${this.span(total)}</bdi></th>
            ${shown.map(([, value]) => html`<td><bdi>${value(total) ?? "–"}</bdi></td>`)}
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** Return "Last 7 days", or since when, if less is kept. */
  private span({ days, since }: Total): string {
    const whole = Date.now() - Date.parse(since) > (days - 0.1) * 86_400_000;
    return whole
      ? this.words("last_days", { days: String(days) })
      : this.words("since", { time: moment(this.hass!, since) ?? "" });
  }

  private number(value: number, options: Intl.NumberFormatOptions = {}): string {
    const { language } = this.hass!.locale ?? this.hass!;
    return new Intl.NumberFormat(language, options).format(value);
  }

  private weight(grams: number | undefined): string | undefined {
    if (!grams) return undefined;
    const [value, unit] = grams < 1000 ? [grams, "gram"] : [grams / 1000, "kilogram"];
    const maximumFractionDigits = grams < 100 ? 1 : grams < 1000 ? 0 : 2;
    return this.number(value, { style: "unit", unit, maximumFractionDigits });
  }

  private time(seconds: number | undefined): string | undefined {
    return seconds && seconds >= 30 ? duration(this.words, seconds / 60) : undefined;
  }

  private row(past: Past): TemplateResult {
    const key = keyOf(past);
    const open = this.open === key;
    const name = past.file ?? this.words("no_name");
    const facts = [
      this.hass!.localize(`component.${DOMAIN}.entity.sensor.last_print.state_attributes.result.state.${past.result}`),
      moment(this.hass!, past.time),
      this.time(past.duration),
      this.weight(past.weight),
      this.printerId || this.only ? undefined : nameOf(this.hass!.devices[past.printer]),
    ].filter(Boolean);
    const [icon, color] = RESULTS[past.result] ?? RESULTS.ended;
    return html`<li class=${color}>
      <button
        class="row"
        data-key=${key}
        aria-expanded=${open}
        @click=${() => {
          this.open = open ? undefined : key;
          this.refusal = undefined;
        }}
      >
        <span class="picture">${this.picture(past, "")}<ha-icon class="result" icon=${icon}></ha-icon></span>
        <span class="what">
          <bdi>${name}</bdi>
          <small class="muted">${facts.map((fact, place) => html`${place ? " · " : ""}<bdi>${fact}</bdi>`)}</small>
        </span>
        <span class="dots" aria-hidden="true">
          ${past.colors
            ?.filter((each) => COLOR.test(each))
            .map((each) => html`<span class="swatch" style=${`--swatch: ${each}`}></span>`)}
        </span>
      </button>
      ${open ? this.sheet(past, name) : nothing}
    </li>`;
  }

  private picture({ picture }: Past, alt: string): TemplateResult {
    const plain = html`<ha-icon icon="mdi:cube-outline"></ha-icon>`;
    if (!picture) return plain;
    // A new signature of the same picture is no reason to load it again.
    const path = picture.split("?")[0]!;
    const known = this.pictures.get(path) ?? picture;
    this.pictures.set(path, known);
    return html`${plain}<img
        alt=${alt}
        loading="lazy"
        src=${address(this.hass!, known)}
        @error=${(event: Event) => (event.target as Element).toggleAttribute("hidden", true)}
      />`;
  }

  private sheet(past: Past, name: string): TemplateResult {
    const printer = new Printer(this.hass!, past.printer);
    const button = printer.entity("button.print_again");
    const again = (): Promise<boolean> => {
      const text = this.words("ask_again_text", { file: name, printer: printer.name });
      const question = this.question(this.words("ask_again"), this.words("again"), { text });
      return past.last
        ? this.call("again", ["button", "press"], { entity_id: button }, question)
        : this.call("again", [DOMAIN, "print_file", { file_name: past.file }], { device_id: past.printer }, question);
    };
    return html`<div class="sheet">
      ${past.picture ? html`<span class="large">${this.picture(past, this.words("picture_of", { file: name }))}</span>` : nothing}
      ${this.notices()}
      ${button && past.file
        ? html`<div class="buttons">
            <button class="big blue" data-key="again" aria-disabled=${this.running !== undefined} @click=${again}>
              <ha-icon icon=${this.running ? "mdi:timer-sand" : "mdi:printer-3d-nozzle"}></ha-icon>
              <span>${this.words("again")}</span>
            </button>
          </div>`
        : nothing}
    </div>`;
  }

  static override styles = [
    shared,
    css`
      .card {
        display: flex;
        flex-direction: column;
        gap: 8px;
        padding: 12px 8px;
      }
      .notice,
      select {
        margin-inline: 8px;
      }
      table {
        margin-inline: 8px;
        border-spacing: 0;
        font-variant-numeric: tabular-nums;
        line-height: 1.3;
      }
      th {
        font-weight: 400;
        color: var(--secondary-text-color);
        font-size: 0.86em;
      }
      th,
      td {
        padding: 4px 0;
        padding-inline-start: 10px;
        text-align: end;
      }
      tbody th,
      td:first-child {
        padding-inline-start: 0;
        text-align: start;
      }
      tbody td {
        font-weight: 500;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      table + ul {
        border-top: 1px solid var(--ff-line);
        padding-top: 8px;
      }
      .row {
        width: 100%;
        box-sizing: border-box;
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 56px;
        padding: 6px 8px;
      }
      .picture,
      .large {
        position: relative;
        flex: none;
        display: grid;
        place-items: center;
        border-radius: 8px;
        background: color-mix(in srgb, var(--primary-text-color) 5%, transparent);
        color: var(--secondary-text-color);
      }
      .picture {
        width: 44px;
        height: 44px;
      }
      .picture > *,
      .large > * {
        grid-area: 1 / 1;
      }
      img {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        object-fit: cover;
        border-radius: 8px;
      }
      img[hidden] {
        display: none;
      }
      ha-icon.result {
        position: absolute;
        inset-block-end: -6px;
        inset-inline-end: -6px;
        --mdc-icon-size: 20px;
        color: var(--ff-now);
        border-radius: 50%;
        background: var(--ha-card-background, var(--card-background-color, #fff));
      }
      .what {
        flex: 1;
        min-width: 0;
        display: grid;
        gap: 2px;
        line-height: 1.3;
      }
      .what > bdi {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 500;
        justify-self: start;
        max-width: 100%;
      }
      .row[aria-expanded="true"] .what > bdi {
        white-space: normal;
        overflow-wrap: anywhere;
      }
      .dots {
        display: flex;
        gap: 6px;
        padding-inline-end: 2px;
      }
      .sheet {
        display: grid;
        gap: 10px;
        padding: 4px 8px 14px;
      }
      .sheet .buttons {
        justify-self: center;
        width: min(100%, 360px);
      }
      .sheet .notice {
        margin-inline: 0;
      }
      .large {
        min-height: 160px;
        justify-self: center;
        min-width: min(100%, 240px);
      }
      .large img {
        position: relative;
        width: auto;
        height: auto;
        max-width: 100%;
        max-height: 320px;
      }
      .text {
        align-self: center;
      }
      p {
        margin: 0;
        padding: 4px 8px;
      }
    `,
  ];
}
