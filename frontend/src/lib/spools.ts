/** The slots of a printer, and what is known of the filament in each. */

import { html, nothing, type TemplateResult } from "lit";
import { numbersOf } from "./find";
import type { Printer } from "./printer";
import type { Words } from "./texts";

export const COLOR = /^#[0-9a-f]{6}$/i;

export interface Spool {
  /** 0 is the external spool. */
  readonly number: number;
  readonly key: string;
  readonly color: string | undefined;
  readonly colorName: string | undefined;
  readonly material: string | undefined;
  readonly empty: boolean;
  readonly active: boolean;
}

/** Return the spools of a printer: its slots, and the external spool if it is in use. */
export function spoolsOf(printer: Printer): Spool[] {
  const slots = numbersOf(printer.found, "sensor.slot").map((number) => spool(printer, number));
  const external = spool(printer, 0);
  // A printer that prints from its station has none.
  return external.material || (!slots.length && printer.state("sensor.direct_feed"))
    ? [...slots, external]
    : slots;
}

function spool(printer: Printer, number: number): Spool {
  const key = number ? `sensor.slot.${number}` : "sensor.direct_feed";
  const color = String(printer.attribute(key, "color") ?? "");
  const active = printer.number("sensor.active_slot");
  return {
    number,
    key,
    color: COLOR.test(color) ? color : undefined,
    colorName: printer.attributeWords(key, "color_name"),
    material: textOf(printer.attribute(key, "material")),
    empty: printer.attribute(key, "loaded") === false,
    active: active === number && (number > 0 || active !== undefined),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value ? value : undefined;
}

/** Return "PLA Orange", without saying the color twice. */
export function filament(words: Words, { material, colorName, empty }: Spool): string {
  if (empty) return words("empty");
  if (!material) return words("no_label");
  return colorName && !material.includes(colorName) ? `${material} ${colorName}` : material;
}

export function swatch({ color, empty }: Pick<Spool, "color" | "empty">): TemplateResult {
  return html`<span
    aria-hidden="true"
    class="swatch ${empty ? "hollow" : ""}"
    style=${color && !empty ? `--swatch:${color}` : ""}
  >${color || empty ? nothing : "?"}</span>`;
}
