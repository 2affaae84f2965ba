import { beforeEach, expect, test, vi } from "vitest";
import "../flashforge";
import { forget, printers } from "../lib/find";
import { Page, PRINTING, settled, show, textOf } from "../testing/hass.test";

let page: Page;
let printer: string;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-26T08:30:00Z"), toFake: ["Date"] });
  forget();
  page = new Page();
  printer = page.add("AD5X", PRINTING);
  delete window.loadCardHelpers;
});

const CARDS = ["flashforge-printer-card", "flashforge-compact-card"];
const card = (type = CARDS[0]!): Promise<HTMLElement & { hass?: unknown }> =>
  show(document.createElement(type), page.hass, { type, printer });
const buttons = (element: HTMLElement): string[] =>
  [...element.shadowRoot!.querySelectorAll(".buttons button")].map((each) => each.textContent!.trim());
const press = async (element: HTMLElement, name: string): Promise<void> => {
  const found = [...element.shadowRoot!.querySelectorAll<HTMLElement>("button")].find(
    (each) => each.textContent!.trim() === name || each.getAttribute("aria-label") === name,
  );
  found!.click();
  await settled(element);
};

test("a job is told in one look", async () => {
  const text = textOf(await card());
  for (const each of [
    "AD5X", "Printing", "FISH_PLA.3mf", "43 %", "1 h 35 min left", "Done 10:04", "Layer 48 / 111",
    "219 / 220 °C", "60 / 60 °C", "Pause", "Cancel",
  ]) {
    expect(text).toContain(each);
  }
});

test.each([
  ["printing", ["Pause", "Cancel"]],
  ["heating", ["Pause", "Cancel"]],
  ["pausing", ["Resume", "Cancel"]],
  ["paused", ["Resume", "Cancel"]],
  ["canceling", []],
  ["completed", ["Plate is clear", "Print again", "Print…"]],
  ["idle", ["Print again", "Print…"]],
  ["offline", []],
])("while it is %s, only what makes sense is offered", async (status, offered) => {
  page.set("sensor.ad5x_status", status);
  page.set("binary_sensor.ad5x_plate_occupied", status === "completed" ? "on" : "off");
  expect(buttons(await card())).toEqual(offered);
});

test("an error is told in words, with its cure and its code", async () => {
  page.set("sensor.ad5x_status", "error");
  page.set("sensor.ad5x_error", "e0009", { code: "E0009", cause: "e0009", cure: "e0009" });
  const element = await card();
  expect(textOf(element)).toContain("Bed does not heat as expected");
  expect(textOf(element)).toContain("E0009");
  expect(buttons(element)).toEqual(["Clear error"]);
});

test("a printer that is off says why, and shows no dead values", async () => {
  for (const id of Object.keys(page.hass.states)) page.set(id, "unavailable");
  page.set("sensor.ad5x_status", "offline");
  page.set("sensor.ad5x_offline_reason", "lan_mode_off");
  const text = textOf(await card());
  expect(text).toContain("LAN mode off");
  expect(text).not.toContain("unavailable");
  expect(text).not.toContain("°C");
});

test("an upload is shown and can be canceled", async () => {
  page.set("sensor.ad5x_upload_progress", "31", { file: "new.3mf" });
  const element = await card();
  expect(textOf(element)).toContain("Uploading new.3mf");
  expect(buttons(element)).toContain("Cancel upload");
});

test("the last print stays: what it was, how it ended, when, how long and how much", async () => {
  expect(textOf(await card())).not.toContain("Vase.3mf");
  page.set("sensor.ad5x_status", "idle");
  const text = textOf(await card());
  for (const each of ["Last print Vase.3mf", "Finished", "07:10", "Took 2 h 51 min", "21.6 g"]) {
    expect(text).toContain(each);
  }
});

test.each([
  ["heating", "pause", "button.ad5x_resume", ["Pause", "Cancel"]],
  ["heating", "cancel", "button.ad5x_resume", ["Pause", "Cancel"]],
  ["pausing", "resume", "button.ad5x_pause", ["Resume", "Cancel"]],
])("while it is %s, a %s that waits is told and can be undone", async (status, pending, undo, offered) => {
  page.set("sensor.ad5x_status", status, { pending_command: pending });
  for (const type of [...CARDS, "flashforge-badge"]) {
    expect(textOf(await card(type))).toContain(`Waiting to ${pending}`);
  }
  const element = await card();
  // The button of the command stays, but cannot be pressed once more.
  expect(buttons(element)).toEqual(offered);
  await press(element, pending === "cancel" ? "Cancel" : pending === "pause" ? "Pause" : "Resume");
  expect(page.calls).toEqual([]);
  await press(element, "Undo");
  expect(page.calls.map(({ target }) => target)).toEqual([{ entity_id: undo }]);
});

test("a command that nobody knows is not waited for", async () => {
  page.set("sensor.ad5x_status", "heating", { pending_command: "toString" });
  expect(textOf(await card())).not.toContain("Undo");
});

test("while it heats, it says what it waits for", async () => {
  page.set("sensor.ad5x_status", "heating");
  page.set("sensor.ad5x_bed_temperature", "52");
  page.set("sensor.ad5x_nozzle_temperature", "143");
  expect(textOf(await card())).toContain("Nozzle 143 of 220 °C");
  page.set("sensor.ad5x_nozzle_temperature", "219");
  expect(textOf(await card())).toContain("Bed 52 of 60 °C");
  page.set("sensor.ad5x_status", "printing");
  expect(textOf(await card())).not.toContain("Bed 52 of 60 °C");
});

test("a pause says why, as far as that is known", async () => {
  page.set("sensor.ad5x_status", "paused");
  expect(textOf(await card())).not.toContain("person");
  page.set("event.ad5x_print", "2026-11-26T08:20:00+00:00", { event_type: "paused", reason: "filament", cure: "filament" });
  const element = await card();
  expect(textOf(element)).toContain("Filament ran out");
  expect(textOf(element)).toContain("Load new filament");
  page.set("sensor.ad5x_status", "printing");
  expect(textOf(await card())).not.toContain("Filament ran out");
});

test("a pause by an error is a pause: amber, with the error's words", async () => {
  page.set("sensor.ad5x_status", "paused");
  page.set("sensor.ad5x_error", "e0100", { code: "E0100", cause: "e0100", cure: "e0100" });
  const element = await card();
  expect(element.shadowRoot!.querySelector("ha-card")!.className).toBe("amber");
  expect(textOf(element)).toContain("Slot 1 does not feed");
  expect(buttons(element)).toEqual(["Resume", "Cancel", "Clear error"]);
});

test("the job that an error stopped stays", async () => {
  page.set("sensor.ad5x_status", "error");
  const text = textOf(await card());
  for (const each of ["FISH_PLA.3mf", "43 %", "Layer 48 / 111"]) expect(text).toContain(each);
  expect(text).not.toContain("Vase.3mf");
});

test("a calibration before a print is a part of it", async () => {
  page.set("sensor.ad5x_status", "calibrating");
  const element = await card();
  expect(element.shadowRoot!.querySelector(".bar.waiting")).not.toBeNull();
  expect(buttons(element)).toEqual(["Cancel"]);
  page.set("sensor.ad5x_file", "unknown");
  expect(buttons(await card())).toEqual([]);
});

test("the last picture of the camera is shown with a signature when the print is over", async () => {
  const picture = "/api/flashforge/finished/entry/1";
  page.set("event.ad5x_print", "2026-11-26T08:20:00+00:00", { event_type: "finished", picture });
  const source = async (): Promise<string | null | undefined> =>
    (await card()).shadowRoot!.querySelector(".picture img")?.getAttribute("src");
  expect(await source()).toContain("image_proxy");
  page.set("sensor.ad5x_status", "completed");
  expect(await source()).toBe(`${picture}?authSig=1`);
  const { callWS } = page.hass;
  page.update({
    callWS: async <T>(message: Record<string, unknown>) => {
      if (message["type"] === "auth/sign_path") throw new Error("refused");
      return callWS<T>(message);
    },
  });
  expect(await source()).toContain("image_proxy");
});

test.each([
  ["idle", "off", ["print_again"]],
  ["completed", "on", ["clear_plate", "print_again"]],
])("the last print can be repeated while it is %s, after a question", async (status, occupied, pressed) => {
  page.set("sensor.ad5x_status", status);
  page.set("binary_sensor.ad5x_plate_occupied", occupied);
  const answers = [false, true];
  window.confirm = vi.fn(() => answers.shift()!);
  const element = await card();
  await press(element, "Print again");
  expect(page.calls).toEqual([]);
  await press(element, "Print again");
  expect(window.confirm).toHaveBeenLastCalledWith(expect.stringContaining("Vase.3mf"));
  expect(page.calls.map(({ target }) => target)).toEqual(pressed.map((key) => ({ entity_id: `button.ad5x_${key}` })));
});

test("an open door is told", async () => {
  expect(textOf(await card())).not.toContain("Door");
  page.set("binary_sensor.ad5x_door", "on");
  expect(textOf(await card())).toContain("Door");
});

test.each([
  ["unreachable", false],
  ["lan_mode_off", true],
  ["wrong_code", true],
])("a printer that is away because it is %s", async (reason, repaired) => {
  page.set("sensor.ad5x_status", "offline");
  page.set("sensor.ad5x_offline_reason", reason);
  const shows = async (): Promise<boolean> => textOf(await card()).includes("Show what to do");
  expect(await shows()).toBe(false);
  page.update({ user: { is_admin: true } });
  expect(await shows()).toBe(repaired);
  expect(textOf(await card()).includes("No answer")).toBe(false);
});

test.each(CARDS)("%s lives without any one of its entities", async (type) => {
  for (const id of Object.keys(page.hass.entities)) {
    const whole = page.hass;
    page.drop(id);
    const text = textOf(await card(type));
    expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    expect(text).toContain("AD5X");
    page.hass = whole;
  }
});

test.each(CARDS)("%s lives with values that nobody expects", async (type) => {
  for (const value of ["unavailable", "unknown", "", "zebra", "-1", "1e999"]) {
    for (const id of Object.keys(page.hass.states)) page.set(id, value, {});
    expect(textOf(await card(type))).not.toMatch(/undefined|null|NaN|Infinity|\[object/);
  }
});

test.each(CARDS)("%s of a removed printer says so", async (type) => {
  const element = await show(document.createElement(type), page.hass, { type, printer: "gone" });
  expect(textOf(element)).toContain("not set up");
  const empty = await show(document.createElement(type), page.hass, { type });
  expect(textOf(empty)).toContain("Choose a printer");
});

test("renamed entities are found", async () => {
  for (const id of Object.keys(page.hass.entities)) {
    const [domain, name] = id.split(".") as [string, string];
    page.rename(id, `${domain}.my_${[...name].reverse().join("")}`);
  }
  expect(textOf(await card())).toContain("43 %");
});

test("only a watched state renders again", async () => {
  for (const type of CARDS) {
    const element = await card(type);
    const render = vi.spyOn(element as unknown as { render(): unknown }, "render");
    for (let count = 0; count < 100; count += 1) {
      element.hass = page.set("sensor.something_else", String(count));
      element.hass = page.set("select.ad5x_slot_material_1", String(count));
      await settled(element);
    }
    expect(render).toHaveBeenCalledTimes(0);
    element.hass = page.set("sensor.ad5x_progress", "44");
    await settled(element);
    expect(render).toHaveBeenCalledTimes(1);
  }
});

test("pause is carried out at once", async () => {
  await press(await card(), "Pause");
  expect(page.calls).toEqual([
    { domain: "button", service: "press", data: {}, target: { entity_id: "button.ad5x_pause" } },
  ]);
});

test("Print opens the dialog for this printer", async () => {
  page.set("sensor.ad5x_status", "idle");
  const element = await card();
  const asked = vi.fn();
  element.addEventListener("show-dialog", (event) => asked((event as CustomEvent).detail));
  await press(element, "Print…");
  const { dialogTag, dialogParams } = asked.mock.calls[0]![0];
  expect([dialogTag, dialogParams]).toEqual(["flashforge-print-dialog", { printer }]);
});

test("cancel asks first", async () => {
  const answers = [false, true];
  const ask = vi.fn(async () => answers.shift()!);
  window.loadCardHelpers = async () => ({ showConfirmationDialog: ask });
  const element = await card();
  await press(element, "Cancel");
  expect(ask).toHaveBeenCalledOnce();
  expect(page.calls).toEqual([]);
  await press(element, "Cancel");
  expect(page.calls.map(({ target }) => target)).toEqual([{ entity_id: "button.ad5x_cancel" }]);
});

test("cancel asks even without Home Assistant's dialog", async () => {
  window.confirm = vi.fn(() => false);
  await press(await card(), "Cancel");
  expect(window.confirm).toHaveBeenCalledOnce();
  expect(page.calls).toEqual([]);
});

test("a refusal is told in words and can be put away", async () => {
  page.refuse = {
    message: "Validation error",
    translation_domain: "flashforge",
    translation_key: "not_now",
  };
  const element = await card();
  await press(element, "Pause");
  expect(textOf(element)).toContain("This is not possible in the printer's current state.");
  await press(element, "Dismiss");
  expect(textOf(element)).not.toContain("not possible");
});

test("a person who may not control reads it in words", async () => {
  page.refuse = { code: "home_assistant_error", message: "Unauthorized" };
  const element = await card();
  await press(element, "Pause");
  expect(textOf(element)).toContain("You are not allowed to control this printer.");
});

test("a button whose entity has no state is refused aloud", async () => {
  const { ["button.ad5x_pause"]: _, ...states } = page.hass.states;
  page.update({ states });
  const element = await card();
  await press(element, "Pause");
  expect(page.calls).toEqual([]);
  expect(textOf(element)).toContain("This entity is not there");
});

test("what is pressed and goes away leaves the focus in its card, and takes it from nobody", async () => {
  page.set("sensor.ad5x_status", "completed");
  page.set("binary_sensor.ad5x_plate_occupied", "on");
  const element = await show(document.createElement("flashforge-printer-card"), page.hass, { printer });
  const root = element.shadowRoot!;
  const clear = [...root.querySelectorAll<HTMLElement>(".buttons button")].find((each) =>
    each.textContent!.includes("Plate is clear"),
  );
  clear!.focus();
  page.set("sensor.ad5x_status", "offline");
  element.hass = page.set("binary_sensor.ad5x_plate_occupied", "off");
  await settled(element);
  expect(clear!.isConnected).toBe(false);
  expect(root.activeElement).not.toBeNull();
  (root.activeElement as HTMLElement).blur();
  element.hass = page.set("sensor.ad5x_status", "printing");
  await settled(element);
  expect(root.activeElement).toBeNull();
});

test("after Resume the focus is on Pause, whatever goes away above it", async () => {
  page.set("sensor.ad5x_status", "paused");
  page.set("event.ad5x_print", "2026-11-26T08:20:00+00:00", { event_type: "paused", reason: "filament", cure: "filament" });
  const element = await show(document.createElement("flashforge-printer-card"), page.hass, { printer });
  const root = element.shadowRoot!;
  const found = [...root.querySelectorAll<HTMLElement>(".buttons button")];
  found.find((each) => each.textContent!.includes("Resume"))!.focus();
  element.hass = page.set("sensor.ad5x_status", "heating");
  await settled(element);
  expect(textOf(element)).not.toContain("Filament ran out");
  expect(root.activeElement!.textContent).toContain("Pause");
});

test("a disabled status costs its own line only", async () => {
  page.drop("sensor.ad5x_status");
  for (const type of CARDS) {
    const text = textOf(await card(type));
    expect(text).toContain("AD5X");
    expect(text).not.toContain("Unknown");
    expect(text).not.toContain("Offline");
  }
  expect(textOf(await card())).toContain("219 / 220 °C");
  expect(printers(page.hass)).toHaveLength(1);
});
