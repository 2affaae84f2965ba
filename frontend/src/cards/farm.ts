/** `flashforge-farm-card`: all printers, those that need a person first. */

import { css, html, nothing, type TemplateResult } from "lit";
import { PrinterElement, watchedOf } from "../lib/base";
import { printers } from "../lib/find";
import type { CardConfig } from "../lib/hass";
import { JOB, moment, Printer } from "../lib/printer";
import { filament, type Spool, spoolsOf, swatch } from "../lib/spools";
import { shared } from "../lib/styles";
import { pathOf } from "../strategies/paths";
import type { CompactCard } from "./compact";

interface FarmConfig extends CardConfig {
  /** Whether each printer has a view of its own in this dashboard. */
  readonly views?: boolean;
}

type Group = "printing" | "waiting" | "busy" | "ready" | "off";

const GROUPS: readonly Group[] = ["printing", "waiting", "busy", "ready", "off"];
/** How many of the prints that end next are told. */
const NEXT = 5;
/** When a paused print ends, nobody knows. */
const RUNNING = new Set(["heating", "printing"]);

export class FarmCard extends PrinterElement {
  protected readonly watched = [
    "sensor.status",
    "sensor.remaining_time",
    "sensor.finish_time",
    "sensor.error",
    "sensor.slot",
    "sensor.direct_feed",
    "binary_sensor.plate_occupied",
  ];
  private views = false;
  private readonly cards = new Map<string, CompactCard>();
  private seen: { entities: unknown; devices: unknown; ids: string[] } | undefined;

  override setConfig(config: FarmConfig): void {
    this.views = config.views === true;
  }

  static getStubConfig(): object {
    return {};
  }

  getCardSize(): number {
    return 6;
  }

  getGridOptions(): unknown {
    return { columns: "full", rows: "auto" };
  }

  protected override watches(): string[] {
    const { entities, devices } = this.hass!;
    if (this.seen?.entities !== entities || this.seen.devices !== devices) {
      const ids = printers(this.hass!).flatMap(({ id }) =>
        watchedOf(new Printer(this.hass!, id).found, this.watched),
      );
      this.seen = { entities, devices, ids };
    }
    return this.seen.ids;
  }

  /** The cards of the printers look for themselves whether something changed. */
  protected override shouldUpdate(changed: Map<PropertyKey, unknown>): boolean {
    const update = super.shouldUpdate(changed);
    if (!update && this.hass) {
      for (const card of this.renderRoot.querySelectorAll<CompactCard>("flashforge-compact-card")) {
        card.hass = this.hass;
      }
    }
    return update;
  }

  protected override render(): unknown {
    const hass = this.hass!;
    const all = printers(hass).map(({ id }) => new Printer(hass, id));
    if (!all.length) {
      return html`<ha-card><div class="empty">${this.words("no_printers")}</div></ha-card>`;
    }
    const here = location.pathname.split("/")[1] ?? "";
    return html`
      ${this.notices()} ${this.summary(all)}
      <div class="grid">
        ${[...all].sort(before).map(({ id }) =>
          Object.assign(this.cardOf(id!), {
            printerId: id,
            path: this.views ? `/${here}/${pathOf(id!)}` : `/config/devices/device/${id}`,
            hass,
          }),
        )}
      </div>
      ${this.next(all)} ${this.loaded(all)}
    `;
  }

  /** Return the card of a printer, always the same one: it may move, and keeps what it knows. */
  private cardOf(id: string): CompactCard {
    let card = this.cards.get(id);
    if (!card) this.cards.set(id, (card = document.createElement("flashforge-compact-card") as CompactCard));
    return card;
  }

  private summary(all: readonly Printer[]): TemplateResult {
    const counts = new Map<Group, number>();
    for (const printer of all) {
      const group = groupOf(printer);
      counts.set(group, (counts.get(group) ?? 0) + 1);
    }
    const parts = GROUPS.flatMap((group) => {
      const count = counts.get(group);
      if (!count) return [];
      const key = group === "waiting" && count === 1 ? "waiting_one" : group;
      return [html`<span class=${group}>${this.words(`farm_${key}`, { count: String(count) })}</span>`];
    });
    return html`<div class="dotted summary">${dotted(parts)}</div>`;
  }

  /** The prints that end next, with the time. */
  private next(all: readonly Printer[]): TemplateResult | typeof nothing {
    const ends = all.flatMap((printer) => {
      const end = RUNNING.has(printer.status) ? printer.value("sensor.finish_time") : undefined;
      const time = moment(this.hass!, end);
      return end && time ? [{ name: printer.name, time, at: Date.parse(end) }] : [];
    });
    if (!ends.length) return nothing;
    const parts = ends
      .sort((one, other) => one.at - other.at)
      .slice(0, NEXT)
      .map(({ name, time }) => html`<span>${name} <strong>${time}</strong></span>`);
    return html`<div class="dotted"><span class="muted">${this.words("farm_next")}</span> ${dotted(parts)}</div>`;
  }

  /** Every filament that is loaded somewhere, to find a printer that has it. */
  private loaded(all: readonly Printer[]): TemplateResult | typeof nothing {
    const found = new Map<string, { spool: Spool; where: Set<string> }>();
    for (const printer of all) {
      for (const spool of printer.offline ? [] : spoolsOf(printer)) {
        if (spool.empty || !spool.material) continue;
        const text = filament(this.words, spool);
        const entry = found.get(text) ?? { spool, where: new Set() };
        found.set(text, entry);
        entry.where.add(printer.name);
      }
    }
    if (!found.size) return nothing;
    return html`<ha-card>
      <div class="loaded">
        <span class="muted">${this.words("loaded")}</span>
        <ul>
          ${[...found].sort(([one], [other]) => one.localeCompare(other)).map(
            ([text, { spool, where }]) => html`<li>
              ${swatch(spool)} <span>${text}</span>
              <small class="muted">${[...where].join(", ")}</small>
            </li>`,
          )}
        </ul>
      </div>
    </ha-card>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 16px;
      }
      .dotted {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 4px 8px;
        margin: 0;
      }
      .dotted strong {
        font-weight: 500;
      }
      .summary {
        font-size: 1.5em;
      }
      .waiting {
        padding: 2px 10px;
        border-radius: 999px;
        background: color-mix(in srgb, var(--ff-amber) 28%, transparent);
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr));
        gap: 12px;
      }
      .loaded {
        padding: 12px 16px;
      }
      ul {
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr));
        gap: 8px 16px;
      }
      li {
        display: flex;
        align-items: center;
        gap: 8px;
        min-width: 0;
      }
    `,
  ];
}

/** Put a dot between the parts of a sentence. */
/** What is separated by dots, each of which stays in the line of what it follows. */
function dotted(parts: readonly TemplateResult[]): unknown[] {
  const last = parts.length - 1;
  return parts.map(
    (part, place) => html`<div>${part} ${place < last ? html`<span aria-hidden="true">·</span> ` : nothing}</div>`,
  );
}

const OVER = new Set(["completed", "canceled"]);

function needsCare(printer: Printer): number {
  if (printer.offline) return 6;
  if (printer.hasError) return 0;
  if (printer.status === "paused") return 1;
  if (JOB.has(printer.status)) return 3;
  if (printer.plateOccupied || OVER.has(printer.status)) return 2;
  return printer.status === "idle" ? 5 : 4;
}

function groupOf(printer: Printer): Group {
  const care = needsCare(printer);
  if (care < 3) return "waiting";
  return ({ 3: "printing", 4: "busy", 5: "ready" } as const)[care] ?? "off";
}

function before(one: Printer, other: Printer): number {
  const left = (printer: Printer): number => printer.minutesLeft ?? Infinity;
  const order = needsCare(one) - needsCare(other);
  return order || (JOB.has(one.status) && left(one) !== left(other) ? left(one) - left(other) : 0);
}

