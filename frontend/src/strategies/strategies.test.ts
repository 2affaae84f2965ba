import { beforeEach, expect, test } from "vitest";
import { forget } from "../lib/find";
import { Page, PRINTING } from "../testing/hass.test";
import { pathOf } from "./paths";
import { DashboardStrategy, SectionStrategy, ViewStrategy } from "./strategies";

let page: Page;

beforeEach(() => {
  forget();
  page = new Page();
});

type View = { path?: string; title?: string; strategy?: object; sections: { cards: { type: string }[] }[] };

const views = async (): Promise<View[]> =>
  (await DashboardStrategy.generate({}, page.hass))["views"] as View[];
const types = (view: unknown): string[] =>
  (view as View).sections.flatMap(({ cards }) => cards.map(({ type }) => type));

test("one printer has its view and no overview", async () => {
  const id = page.add("AD5X", PRINTING);
  expect(await views()).toEqual([
    { title: "AD5X", path: pathOf(id), strategy: { type: "custom:flashforge-printer", printer: id } },
  ]);
});

test("more printers have an overview, and a new one comes by itself", async () => {
  page.add("AD5X", PRINTING);
  page.add("Other", PRINTING);
  expect((await views()).map(({ title }) => title)).toEqual(["Printers", "AD5X", "Other", "Prints"]);
  page.add("Third", PRINTING);
  expect((await views()).map(({ title }) => title)).toEqual(["Printers", "AD5X", "Other", "Third", "Prints"]);
});

test("without a printer the dashboard says what to do", async () => {
  const [only] = await views();
  expect(types(only)).toEqual(["custom:flashforge-farm-card"]);
});

test("the view of a printer has what the printer has", async () => {
  const id = page.add("AD5X", { ...PRINTING, "fan.part_fan": "on", "select.print_file": "x" });
  const view = await ViewStrategy.generate({ printer: id }, page.hass);
  expect(types(view)).toEqual([
    "heading", "custom:flashforge-printer-card", "custom:flashforge-camera-card",
    "heading", "custom:flashforge-slots-card", "heading", "tile",
    "heading", "custom:flashforge-history-card",
    "heading", "history-graph", "tile", "tile",
    "heading", "tile", "tile",
    "heading", "tile",
  ]);
  const plain = page.add("Plain", { "sensor.status": "idle" });
  expect(types(await ViewStrategy.generate({ printer: plain }, page.hass))).toEqual([
    "heading", "custom:flashforge-printer-card",
  ]);
});

test("a print is started only after a question", async () => {
  const id = page.add("AD5X", { ...PRINTING, "button.print_selected_file": "unknown" });
  const view = JSON.stringify(await ViewStrategy.generate({ printer: id }, page.hass));
  expect(view).toContain("Is the plate clear?");
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
