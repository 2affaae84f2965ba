/** Dashboards, views and sections that make themselves from the printers that are there. */

import { nameOf, numbersOf, printers } from "../lib/find";
import { DOMAIN, type Hass } from "../lib/hass";
import { JOB, Printer } from "../lib/printer";
import { spoolsOf } from "../lib/spools";
import { load, type Words, words } from "../lib/texts";
import { pathOf } from "./paths";

type Config = Record<string, unknown>;

interface PrinterConfig {
  printer?: string;
  device_id?: string;
}

const OWN_NAME = { type: "entity" };
const STEPS = [{ type: "numeric-input", style: "buttons" }];
const SLIDER = [{ type: "numeric-input", style: "slider" }];
const SPEED = [{ type: "fan-speed" }];
const OPTIONS = [{ type: "select-options" }];

/** Makes the parts of a printer's view; what the printer lacks is left out. */
class Parts {
  readonly printer: Printer;

  constructor(
    hass: Hass,
    id: string | undefined,
    readonly words: Words,
  ) {
    this.printer = new Printer(hass, id ?? printers(hass)[0]?.id);
  }

  card(type: string): Config {
    return { type: `custom:flashforge-${type}-card`, printer: this.printer.id };
  }

  section(heading: string, icon: string, cards: (Config | undefined)[]): Config[] {
    const there = cards.filter((card) => card !== undefined);
    if (!there.length) return [];
    const title = { type: "heading", heading: this.words(heading), icon };
    return [{ type: "grid", cards: [title, ...there] }];
  }

  tile(key: string, features?: unknown[]): Config | undefined {
    const entity = this.printer.entity(key);
    if (!entity) return undefined;
    return {
      type: "tile",
      entity,
      name: OWN_NAME,
      grid_options: { columns: 12 },
      ...(features ? { features } : {}),
    };
  }

  /** Show something only during a job, as far as the page can know. */
  duringJob(card: Config | undefined): Config | undefined {
    const entity = this.printer.entity("sensor.status");
    const job = { condition: "state", entity, state: [...JOB] };
    return card && entity ? { ...card, visibility: [job] } : card;
  }

  numbered(key: string): string[] {
    return numbersOf(this.printer.found, key).map((number) => `${key}.${number}`);
  }

  graph(keys: string[]): Config | undefined {
    const entities = keys.flatMap((key) => {
      const entity = this.printer.entity(key);
      return entity ? [{ entity, name: OWN_NAME }] : [];
    });
    if (!entities.length) return undefined;
    return { type: "history-graph", hours_to_show: 1, entities, grid_options: { columns: 12 } };
  }

  get now(): Config[] {
    const camera = this.printer.entity("camera.camera");
    return this.section("now", "mdi:printer-3d-nozzle", [
      this.card("printer"),
      camera ? this.card("camera") : undefined,
    ]);
  }

  get filament(): Config[] {
    const slots = spoolsOf(this.printer).length > 0;
    return this.section("filament", "mdi:palette-swatch", [slots ? this.card("slots") : undefined]);
  }

  get temperatures(): Config[] {
    const heaters = [
      ...this.numbered("sensor.nozzle_n_temperature"),
      "sensor.nozzle_temperature",
      "sensor.bed_temperature",
      "sensor.chamber_temperature",
    ];
    const targets = [
      ...this.numbered("number.nozzle_n_target"),
      "number.nozzle_target",
      "number.bed_target",
      "number.chamber_target",
    ];
    return this.section("temperatures", "mdi:thermometer", [
      this.graph([...heaters, ...targets]),
      ...paired(targets.map((key) => this.tile(key, STEPS))),
    ]);
  }

  get print(): Config[] {
    return this.section("print", "mdi:cube-outline", [
      this.printer.entity("button.cancel_upload") ? this.card("files") : undefined,
    ]);
  }

  get prints(): Config[] {
    const known = this.printer.entity("sensor.last_print") ?? this.printer.entity("event.print");
    return this.section("prints", "mdi:history", [known ? this.card("history") : undefined]);
  }

  get adjust(): Config[] {
    const job = [
      this.tile("number.print_speed_factor", SLIDER),
      this.tile("number.z_offset", STEPS),
      this.tile("fan.part_fan", SPEED),
      this.tile("fan.left_part_fan", SPEED),
      this.tile("fan.chamber_fan", SPEED),
    ].map((tile) => this.duringJob(tile));
    const always = [this.tile("select.filtration", OPTIONS), this.tile("switch.auto_power_off")];
    const [made] = this.section("adjust", "mdi:tune-variant", [...job, ...always]);
    if (!made) return [];
    const [title, ...tiles] = made["cards"] as Config[];
    // A heading with nothing below it would say nothing.
    const shown = always.some(Boolean) ? title : this.duringJob(title);
    return [{ ...made, cards: [shown, ...tiles] }];
  }

  get health(): Config[] {
    return this.section("health", "mdi:heart-pulse", [
      this.tile("sensor.error"),
      this.tile("sensor.offline_reason"),
      this.tile("sensor.lifetime_print_time"),
      this.tile("sensor.lifetime_filament"),
      ...paired([this.tile("sensor.air_quality"), this.tile("sensor.free_storage")]),
    ]);
  }
}

/** Put two beside each other; the last one takes the whole row if it is alone. */
function paired(tiles: readonly (Config | undefined)[]): Config[] {
  const there = tiles.filter((tile) => tile !== undefined);
  const alone = there.length % 2 ? there.length - 1 : -1;
  return there.map((tile, place) => (place === alone ? tile : { ...tile, grid_options: { columns: 6 } }));
}

/** Put sections below each other in one column. */
function stacked(sections: readonly Config[]): Config[] {
  const cards = sections.flatMap((section) => section["cards"] as Config[]);
  return cards.length ? [{ type: "grid", cards }] : [];
}

async function parts(config: PrinterConfig, hass: Hass): Promise<Parts> {
  await load(hass);
  return new Parts(hass, config.printer ?? config.device_id, words(hass));
}

/** Return what asks for the printer in the editor of dashboards. */
function editor(): HTMLElement {
  return document.createElement("flashforge-printer-editor");
}

/** All printers in one view, and one view for each. */
export class DashboardStrategy extends HTMLElement {
  static noEditor = true;

  static getCreateSuggestions(): Config {
    return { title: "3D printers", icon: "mdi:printer-3d" };
  }

  static async generate(_config: Config, hass: Hass): Promise<Config> {
    await load(hass);
    const text = words(hass);
    const all = printers(hass);
    const farm = {
      title: text("farm"),
      path: "farm",
      type: "sections",
      max_columns: 4,
      sections: [
        {
          type: "grid",
          column_span: 4,
          cards: [{ type: "custom:flashforge-farm-card", views: true }],
        },
      ],
    };
    const views = all.map((device) => ({
      title: nameOf(device),
      path: pathOf(device.id),
      strategy: { type: `custom:${DOMAIN}-printer`, printer: device.id },
    }));
    const wide = { type: "custom:flashforge-history-card", grid_options: { columns: "full" } };
    const history = {
      title: text("prints"),
      path: "prints",
      type: "sections",
      max_columns: 2,
      sections: [{ type: "grid", column_span: 2, cards: [wide] }],
    };
    // One printer needs no overview, and shows its prints itself; none at all gets the
    // words that say so.
    return { views: all.length > 1 ? [farm, ...views, history] : all.length ? views : [farm] };
  }
}

/** Everything about one printer. */
export class ViewStrategy extends HTMLElement {
  static getConfigElement = editor;

  static async generate(config: PrinterConfig, hass: Hass): Promise<Config> {
    const made = await parts(config, hass);
    const { now, filament, temperatures, print, prints, adjust, health } = made;
    if (!made.printer.exists) return { type: "sections", sections: [{ type: "grid", cards: [made.card("printer")] }] };
    return {
      type: "sections",
      max_columns: 3,
      dense_section_placement: true,
      // One section for each column: what is below each other has no holes then.
      sections: [
        [...now, ...print],
        [...filament, ...temperatures, ...prints],
        [...adjust, ...health],
      ].flatMap(stacked),
    };
  }
}

/** The printer, its camera and its filament, for any dashboard. */
export class SectionStrategy extends HTMLElement {
  static getConfigElement = editor;

  static getStubConfig(hass: Hass): Config {
    return { type: `custom:${DOMAIN}-printer`, printer: printers(hass)[0]?.id };
  }

  static async generate(config: PrinterConfig, hass: Hass): Promise<Config> {
    const made = await parts(config, hass);
    const title = { type: "heading", heading: made.printer.name, icon: "mdi:printer-3d-nozzle" };
    const cards = ["printer", ...(made.printer.entity("camera.camera") ? ["camera"] : [])];
    if (spoolsOf(made.printer).length) cards.push("slots");
    return { type: "grid", cards: [title, ...cards.map((type) => made.card(type))] };
  }
}
