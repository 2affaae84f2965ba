import { beforeEach, expect, test } from "vitest";
import "../flashforge";
import { Page, PRINTING } from "../testing/hass.test";
import { define, offer } from "./define";
import { find, forget, learnNumbers, numbersOf, printerOf, printers } from "./find";
import type { Hass } from "./hass";
import { duration, moment } from "./printer";
import { load, words } from "./texts";

let page: Page;

beforeEach(() => {
  forget();
  page = new Page();
});

test("entities are found by device and translation key", () => {
  const [one, two] = [page.add("AD5X", PRINTING), page.add("Other", PRINTING)];
  expect(find(page.hass, one).get("sensor.status")).toBe("sensor.ad5x_status");
  expect(find(page.hass, two).get("sensor.status")).toBe("sensor.other_status");
  expect(find(page.hass, "nobody").size).toBe(0);
});

test("entities of other integrations are not found", () => {
  const id = page.add("AD5X", PRINTING);
  const entity = { entity_id: "sensor.alien", device_id: id, translation_key: "status", platform: "alien" };
  page.update({ entities: { ...page.hass.entities, "sensor.alien": entity } });
  expect([...find(page.hass, id).values()]).not.toContain("sensor.alien");
  expect(printerOf(page.hass, "sensor.alien")).toBeUndefined();
});

test("the number of a slot comes from its unique id, in whatever order and under whatever name", async () => {
  const id = page.add("AD5X", {
    "sensor.status": "idle",
    "sensor.slot.3": "PLA",
    "sensor.slot.1": "ABS",
    "select.slot_material.4": "PLA",
  });
  page.rename("sensor.ad5x_slot_3", "sensor.orange_1");
  expect(await learnNumbers(page.hass)).toBe(true);
  const found = find(page.hass, id);
  expect(numbersOf(found, "sensor.slot")).toEqual([1, 3]);
  expect(found.get("sensor.slot.3")).toBe("sensor.orange_1");
  expect(found.get("select.slot_material.4")).toBe("select.ad5x_slot_material_4");
  expect(await learnNumbers(page.hass)).toBe(false);
});

test("entities on a device below the printer count as the printer's", () => {
  const id = page.add("AD5X", { "sensor.status": "idle" });
  const station = page.add("Station", { "sensor.slot.1": "PLA" });
  page.update({
    devices: {
      ...page.hass.devices,
      [station]: { ...page.hass.devices[station]!, via_device_id: id },
    },
  });
  expect(find(page.hass, id).has("sensor.slot.1")).toBe(true);
  expect(printers(page.hass).map((device) => device.id)).toEqual([id]);
});

test("printers come by name", () => {
  page.add("Zoe", { "sensor.status": "idle" });
  page.add("Anna", { "sensor.status": "idle" });
  expect(printers(page.hass).map(({ name }) => name)).toEqual(["Anna", "Zoe"]);
});

test("times are told as people tell them", async () => {
  await load(page.hass);
  const text = words(page.hass);
  expect(duration(text, 95)).toBe("1 h 35 min");
  expect(duration(text, 59.4)).toBe("59 min");
  const now = new Date("2026-11-26T08:30:00Z");
  const zone = { ...page.hass, locale: { language: "en", time_format: "12", time_zone: "server" } };
  expect(moment(zone, "2026-11-26T10:04:00Z", now)).toMatch(/^10:04\sAM$/);
  expect(moment(page.hass, "2026-11-27T10:04:00Z", now)).toContain("Fri");
  expect(moment(page.hass, "2026-12-24T10:04:00Z", now)).toContain("Dec 24");
  expect(moment(page.hass, undefined, now)).toBeUndefined();
  expect(moment(page.hass, "nonsense", now)).toBeUndefined();
});

test("a second script in the page defines and offers nothing again", () => {
  const first = customElements.get("flashforge-printer-card");
  define("flashforge-printer-card", class extends HTMLElement {});
  expect(customElements.get("flashforge-printer-card")).toBe(first);
  const { customCards } = window as unknown as { customCards: { type: string; name: string; description: string }[] };
  const before = customCards.length;
  offer("customCards", customCards[0]!);
  expect(customCards).toHaveLength(before);
});

test("the printer card is suggested for every entity of a printer, and for no other", () => {
  const id = page.add("AD5X", PRINTING);
  const { customCards } = window as unknown as {
    customCards: { type: string; getEntitySuggestion(hass: Hass, id: string): unknown }[];
  };
  const { getEntitySuggestion } = customCards.find(({ type }) => type === "flashforge-printer-card")!;
  for (const entity of Object.keys(page.hass.entities)) {
    expect(getEntitySuggestion(page.hass, entity)).toEqual({
      config: { type: "custom:flashforge-printer-card", printer: id },
    });
  }
  expect(getEntitySuggestion(page.hass, "sun.sun")).toBeNull();
});
