import { beforeEach, expect, test, vi } from "vitest";
import "../flashforge";
import { forget } from "../lib/find";
import type { Hass } from "../lib/hass";
import { Page, PRINTING, settled, show, textOf } from "../testing/hass.test";

let page: Page;
let printer: string;

beforeEach(() => {
  forget();
  page = new Page();
  printer = page.add("AD5X", {
    ...PRINTING,
    "sensor.station_activity": "idle",
    "button.cancel_filament": "unknown",
    "button.slot_load.1": "unknown",
  });
});

const make = (type: string, config: object = {}): Promise<HTMLElement & { hass?: unknown }> =>
  show(document.createElement(type), page.hass, { type, printer, ...config });
const click = async (element: HTMLElement, selector: string, nth = 0): Promise<void> => {
  element.shadowRoot!.querySelectorAll<HTMLElement>(selector)[nth]!.click();
  await settled(element);
};

test("the slots are told by material and color, empty and unknown ones too", async () => {
  const element = await make("flashforge-slots-card");
  const spools = [...element.shadowRoot!.querySelectorAll(".spool")].map((each) =>
    each.textContent!.replace(/\s+/g, " ").trim(),
  );
  expect(spools).toEqual(["PLA White Slot 1", "PETG Blue in use", "Empty Slot 3", "? Unknown Slot 4"]);
});

test("while a job runs, a slot says why it cannot be changed", async () => {
  const element = await make("flashforge-slots-card");
  await click(element, ".spool");
  expect(textOf(element)).toContain("can be changed when the print is paused");
  expect(element.shadowRoot!.querySelector("select")).toBeNull();
});

test("a slot of an idle printer is labeled and loaded", async () => {
  page.set("sensor.ad5x_status", "idle");
  const element = await make("flashforge-slots-card");
  await click(element, ".spool");
  const [material] = element.shadowRoot!.querySelectorAll("select");
  material!.value = "PETG";
  material!.dispatchEvent(new Event("change"));
  await settled(element);
  await click(element, ".sheet .big");
  expect(page.calls).toEqual([
    {
      domain: "select",
      service: "select_option",
      data: { option: "PETG" },
      target: { entity_id: "select.ad5x_slot_material_1" },
    },
    { domain: "flashforge", service: "load_filament", data: { slot: 1 }, target: { device_id: printer } },
  ]);
});

test("a printer without a feeder offers neither load nor unload", async () => {
  page.set("sensor.ad5x_status", "idle");
  page.drop("button.ad5x_cancel_filament");
  const element = await make("flashforge-slots-card");
  await click(element, ".spool");
  expect(element.shadowRoot!.querySelector(".sheet .big")).toBeNull();
});

test("a filament change is shown and can be canceled", async () => {
  page.set("sensor.ad5x_status", "busy");
  page.set("sensor.ad5x_station_activity", "feeding");
  const element = await make("flashforge-slots-card");
  expect(textOf(element)).toContain("Feeding");
  await click(element, ".feed button");
  expect(page.calls[0]!.target).toEqual({ entity_id: "button.ad5x_cancel_filament" });
});

test("a color that is no color never becomes style", async () => {
  page.set("sensor.ad5x_slot_1", "PLA", { color: "red;background:url(//x)", color_name: null, loaded: true });
  const element = await make("flashforge-slots-card");
  expect(element.shadowRoot!.querySelector(".swatch")!.getAttribute("style")).toBe("");
});

test("the camera streams only while it is on the screen", async () => {
  const element = await make("flashforge-camera-card");
  const live = element.shadowRoot!.querySelector<HTMLElement>("flashforge-live")!;
  const look = async (hidden: boolean): Promise<string | null | undefined> => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    (live as unknown as { onScreen: boolean }).onScreen = true;
    document.dispatchEvent(new Event("visibilitychange"));
    await settled(live);
    return live.shadowRoot!.querySelector("img")?.getAttribute("src");
  };
  expect(await look(false)).toBe("/api/camera_proxy_stream/camera.ad5x_camera?token=abc");
  expect(await look(true)).toBeUndefined();
  expect(await look(false)).toContain("token=abc");
  live.remove();
  expect(live.shadowRoot!.querySelector("img")?.getAttribute("src") ?? "").toBe("");
});

test("a camera that another program uses says so, with the remedy", async () => {
  page.set("camera.ad5x_camera", "idle", { access_token: "abc", stream: "in_use" });
  expect(textOf(await make("flashforge-camera-card"))).toContain("Close the camera in the other program");
});

test("a camera that is off can be switched on", async () => {
  page.add("AD5X", { ...PRINTING, "switch.camera_power": "off" });
  const element = await make("flashforge-camera-card");
  expect(textOf(element)).toContain("The camera is switched off.");
  await click(element, ".nothing button");
  expect(page.calls[0]).toMatchObject({ service: "turn_on", target: { entity_id: "switch.ad5x_camera_power" } });
});

test("all printers: who needs somebody comes first, what is off last", async () => {
  const idle = { ...PRINTING, "sensor.status": "idle" };
  page.add("Off", { ...PRINTING, "sensor.status": "offline" });
  page.add("Idle", idle);
  page.add("Soon", {
    ...PRINTING,
    "sensor.remaining_time": ["5", { unit_of_measurement: "min" }],
    "sensor.finish_time": "2026-11-26T08:34:00+00:00",
  });
  page.add("Paused", { ...PRINTING, "sensor.status": "paused" });
  page.add("Broken", { ...idle, "sensor.error": "e0009" });
  page.add("Done", { ...PRINTING, "sensor.status": "completed" });
  const element = await make("flashforge-farm-card");
  const order = [...element.shadowRoot!.querySelectorAll("flashforge-compact-card")].map(
    (each) => page.hass.devices[(each as unknown as { printerId: string }).printerId]!.name,
  );
  expect(order).toEqual(["Broken", "Paused", "Done", "Soon", "AD5X", "Idle", "Off"]);
  const text = textOf(element);
  expect(text).toContain("2 printing · 3 wait for you · 1 ready · 1 off");
  expect(text).toMatch(/Done next: Soon\b.*8:34 · AD5X\b.*10:04 /);
  expect(text.split("Filament that")[0]).not.toContain("Paused");
  expect(textOf(element)).toContain("PETG Blue");
});

test("one printer that waits, one that is busy, and a canceled print", async () => {
  page.add("AD5X", { "sensor.status": "calibrating" });
  page.add("Ended", { "sensor.status": "canceled" });
  const element = await make("flashforge-farm-card");
  expect(textOf(element)).toContain("1 waits for you · 1 busy");
  expect(textOf(element)).not.toContain("Done next:");
  element.hass = page.add("Third", { "sensor.status": "idle" }) ? page.hass : undefined;
  await settled(element);
  expect(textOf(element)).toContain("1 waits for you · 1 busy · 1 ready");
});

test("of 30 printers, one that prints on renders alone", async () => {
  for (let number = 0; number < 29; number += 1) page.add(`Printer${number}`, PRINTING);
  const element = await make("flashforge-farm-card");
  const cards = [...element.shadowRoot!.querySelectorAll("flashforge-compact-card")] as HTMLElement[];
  expect(cards).toHaveLength(30);
  await Promise.all(cards.map(settled));
  const own = vi.spyOn(element as unknown as { render(): unknown }, "render");
  const renders = cards.map((each) => vi.spyOn(each as unknown as { render(): unknown }, "render"));
  element.hass = page.set("sensor.printer7_progress", "50");
  await settled(element);
  await Promise.all(cards.map(settled));
  expect(own).not.toHaveBeenCalled();
  expect(renders.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBe(1);
});

test("the badge tells the job in one line", async () => {
  expect(textOf(await make("flashforge-badge"))).toContain("Printing · 43 % · 1 h 35 min");
});

interface Offered {
  type: string;
  isSupported(hass: Hass, context: object): boolean;
}
const supports = (type: string, entity_id: string): boolean =>
  (window as unknown as { customCardFeatures: Offered[] }).customCardFeatures
    .find((each) => each.type === type)!
    .isSupported(page.hass, { entity_id });

test("the features are offered for the status of a printer only", () => {
  expect(supports("flashforge-controls", "sensor.ad5x_status")).toBe(true);
  expect(supports("flashforge-controls", "sensor.ad5x_progress")).toBe(false);
  expect(supports("flashforge-swatches", "sensor.ad5x_status")).toBe(true);
  page.add("Plain", { "sensor.status": "idle" });
  expect(supports("flashforge-swatches", "sensor.plain_status")).toBe(false);
});

test("the control feature pauses the printer of its tile", async () => {
  const element = document.createElement("flashforge-controls") as HTMLElement & { context?: object };
  element.context = { entity_id: "sensor.ad5x_status" };
  await show(element, page.hass, {});
  await click(element, "button");
  expect(page.calls[0]!.target).toEqual({ entity_id: "button.ad5x_pause" });
});

test("the swatches show every slot of the printer of their tile", async () => {
  const element = document.createElement("flashforge-swatches") as HTMLElement & { context?: object };
  element.context = { entity_id: "sensor.ad5x_status" };
  await show(element, page.hass, {});
  expect(element.shadowRoot!.querySelectorAll("button")).toHaveLength(4);
});
