import { beforeEach, expect, test } from "vitest";
import "../flashforge";
import { forget } from "../lib/find";
import { Page, PRINTING, show } from "../testing/hass.test";
import { pathOf } from "./paths";
import { DashboardStrategy, SectionStrategy, ViewStrategy } from "./strategies";

let page: Page;

beforeEach(() => {
  forget();
  page = new Page();
});

type Card = {
  type: string;
  heading?: string;
  visibility?: { state: string[] }[];
  grid_options?: { columns: number };
};
type View = { path?: string; title?: string; strategy?: object; sections: { cards: Card[] }[] };

const views = async (): Promise<View[]> =>
  (await DashboardStrategy.generate({}, page.hass))["views"] as View[];
const types = (view: unknown): string[] =>
  (view as View).sections.flatMap(({ cards }) => cards.map(({ type }) => type));
const headings = (cards: Card[]): string[] => cards.flatMap(({ heading }) => heading ?? []);

test("one printer has its view and no overview", async () => {
  const id = page.add("AD5X", PRINTING);
  expect(await views()).toEqual([
    { title: "AD5X", path: pathOf(id), strategy: { type: "custom:flashforge-printer", printer: id } },
  ]);
});

test("more printers have an overview, and a new one comes by itself", async () => {
  page.add("AD5X", PRINTING);
  page.add("Other", PRINTING);
  expect((await views()).map(({ title }) => title)).toEqual(["Printers", "AD5X", "Other", "Past prints"]);
  page.add("Third", PRINTING);
  expect((await views()).map(({ title }) => title)).toEqual(["Printers", "AD5X", "Other", "Third", "Past prints"]);
});

test("without a printer the dashboard says what to do", async () => {
  const [only] = await views();
  expect(types(only)).toEqual(["custom:flashforge-farm-card"]);
});

test("the view of a printer has what the printer has", async () => {
  const id = page.add("AD5X", { ...PRINTING, "fan.part_fan": "on" });
  const view = await ViewStrategy.generate({ printer: id }, page.hass);
  expect(types(view)).toEqual([
    "heading", "custom:flashforge-printer-card", "custom:flashforge-camera-card", "heading", "custom:flashforge-files-card",
    "heading", "custom:flashforge-slots-card", "heading", "history-graph", "tile", "tile",
    "heading", "custom:flashforge-history-card", "heading", "tile", "heading", "tile", "tile",
  ]);
  expect((view as unknown as View).sections.map(({ cards }) => headings(cards))).toEqual([
    ["Now", "Print"], ["Filament", "Temperatures", "Past prints"], ["Adjust", "Health"],
  ]);
  const plain = page.add("Plain", { "sensor.status": "idle" });
  expect(types(await ViewStrategy.generate({ printer: plain }, page.hass))).toEqual([
    "heading", "custom:flashforge-printer-card",
  ]);
});

test("the graph of the temperatures has their targets", async () => {
  const id = page.add("AD5X", PRINTING);
  const view = JSON.stringify(await ViewStrategy.generate({ printer: id }, page.hass));
  const graph = /"history-graph".*?\]/.exec(view)![0];
  expect([...graph.matchAll(/"entity":"([^"]+)"/g)].map(([, entity]) => entity)).toEqual([
    "sensor.ad5x_nozzle_temperature", "sensor.ad5x_bed_temperature",
    "number.ad5x_nozzle_target", "number.ad5x_bed_target",
  ]);
});

test("what stands alone in a row takes the whole row", async () => {
  const widths = async (...targets: string[]): Promise<number[]> => {
    const id = page.add("AD5X", Object.fromEntries(["sensor.status", ...targets].map((key) => [key, "0"])));
    const { sections } = (await ViewStrategy.generate({ printer: id }, page.hass)) as unknown as View;
    const tiles = sections.at(-1)!.cards.filter(({ type }) => type === "tile");
    return tiles.map(({ grid_options }) => grid_options!.columns);
  };
  expect(await widths("number.bed_target")).toEqual([12]);
  expect(await widths("number.bed_target", "number.nozzle_target")).toEqual([6, 6]);
  expect(await widths("number.bed_target", "number.nozzle_target", "number.chamber_target")).toEqual([6, 6, 12]);
});

test("what adjusts a print is there during a print, and its heading with it", async () => {
  const shown = async (values: object): Promise<(string[] | undefined)[]> => {
    const id = page.add("AD5X", { "sensor.status": "idle", "fan.part_fan": "off", ...values });
    const { sections } = (await ViewStrategy.generate({ printer: id }, page.hass)) as unknown as View;
    return sections.at(-1)!.cards.map(({ visibility }) => visibility?.[0]?.state);
  };
  const job = ["heating", "printing", "pausing", "paused", "canceling"];
  expect(await shown({})).toEqual([job, job]);
  expect(await shown({ "select.filtration": "off" })).toEqual([undefined, job, undefined]);
  page.drop("sensor.ad5x_status");
  const view = await ViewStrategy.generate({ printer: "device_ad5x" }, page.hass);
  expect(JSON.stringify(view)).not.toContain("visibility");
});

test("the view of a removed printer is no error", async () => {
  expect(types(await ViewStrategy.generate({ printer: "gone" }, page.hass))).toEqual(["custom:flashforge-printer-card"]);
});

test("a section shows the printer that is asked for, the first one otherwise", async () => {
  const id = page.add("AD5X", PRINTING);
  const other = page.add("Other", { "sensor.status": "idle" });
  expect(SectionStrategy.getStubConfig(page.hass)).toEqual({ type: "custom:flashforge-printer", printer: id });
  const cards = async (config: object): Promise<unknown> =>
    (await SectionStrategy.generate(config, page.hass))["cards"];
  expect(await cards({})).toHaveLength(4);
  expect(await cards({ device_id: other })).toHaveLength(2);
});

test("the editor of a section asks for the printer, and keeps the rest", async () => {
  const id = page.add("AD5X", PRINTING);
  const made = SectionStrategy.getConfigElement();
  expect(ViewStrategy.getConfigElement().localName).toBe(made.localName);
  const editor = await show(made, page.hass, { type: "custom:flashforge-printer", printer: "gone" });
  const form = editor.shadowRoot!.querySelector("ha-form") as HTMLElement & { schema: object[]; data: object };
  expect(form.data).toEqual({ type: "custom:flashforge-printer", printer: "gone" });
  expect(form.schema).toEqual([
    { name: "printer", required: true, selector: { device: { integration: "flashforge" } } },
  ]);
  const changed = new Promise((resolve) => {
    editor.addEventListener("config-changed", (event) => resolve((event as CustomEvent).detail));
  });
  form.dispatchEvent(new CustomEvent("value-changed", { detail: { value: { printer: id } } }));
  expect(await changed).toEqual({ config: { type: "custom:flashforge-printer", printer: id } });
});
