import { beforeEach, expect, test, vi } from "vitest";
import "../flashforge";
import { forget } from "../lib/find";
import type { Past } from "../lib/history";
import { Page, PRINTING, settled, show, textOf } from "../testing/hass.test";

let page: Page;
let printer: string;
let other: string;

beforeEach(() => {
  forget();
  vi.useFakeTimers({ now: new Date("2026-11-26T12:00:00Z"), toFake: ["Date"] });
  page = new Page();
  printer = page.add("AD5X", { ...PRINTING, "button.print_again": "unknown" });
  other = page.add("Other", { "sensor.status": "idle" });
  page.past = [
    { ...past("Vase.3mf", 1), last: true, weight: 21.64, duration: 10260, colors: ["#FFFFFF", "#2750E0"] },
    { ...past("Boat.3mf", 30), result: "failed", picture: "/api/flashforge/finished/x/1?authSig=a" },
    { id: "x", printer: other, result: "ended" },
  ];
});

const past = (file: string, hours: number): Past => ({
  id: file,
  printer,
  result: "finished",
  file,
  time: new Date(Date.now() - hours * 3_600_000).toISOString(),
});
const make = async (config: object = { printer }): Promise<HTMLElement> => {
  const element = await show(document.createElement("flashforge-history-card"), page.hass, config);
  await settled(element);
  return element;
};
const all = (element: HTMLElement, selector: string): HTMLElement[] => [
  ...element.shadowRoot!.querySelectorAll<HTMLElement>(selector),
];
const click = async (element: HTMLElement, selector: string, nth = 0): Promise<void> => {
  all(element, selector)[nth]!.click();
  await settled(element);
};
const rows = (element: HTMLElement): string[] =>
  all(element, ".row").map((row) => row.textContent!.replace(/\s+/g, " ").trim());

test("each print has its name, result, time, duration, weight and colors", async () => {
  const element = await make();
  expect(rows(element)).toEqual([
    "Vase.3mf Finished · 11:00 · 2 h 51 min · 21.6 g",
    "Boat.3mf Failed · Wed 06:00",
  ]);
  expect(all(element, ".swatch").map((each) => each.style.getPropertyValue("--swatch"))).toEqual(["#FFFFFF", "#2750E0"]);
  expect(all(element, ".result").map((each) => each.getAttribute("icon"))).toEqual(["mdi:check-circle", "mdi:alert-circle"]);
});

test("of all printers, each print says whose it is, and what is not known is left out", async () => {
  const element = await make({});
  expect(rows(element)[2]).toBe("Print without a name Ended while not observed · Other");
  expect(textOf(element)).not.toMatch(/undefined|NaN|Invalid/);
  const select = all(element, "select")[0] as HTMLSelectElement;
  expect([...select.options].map(({ text }) => text)).toEqual(["All printers", "AD5X", "Other"]);
  select.value = other;
  select.dispatchEvent(new Event("change"));
  await settled(element);
  expect(rows(element)).toEqual(["Print without a name Ended while not observed"]);
  expect([...page.listening].map(({ message }) => message)).toEqual([{ type: "flashforge/history/changes", printer: other }]);
});

test("sums say from when on they count, and leave out what is not known", async () => {
  const day = 86_400_000;
  const since = (days: number): string => new Date(Date.now() - days * day).toISOString();
  page.totals = [
    { days: 7, since: since(7), prints: 12, judged: 12, finished: 11, weight: 412.3 },
    { days: 30, since: since(20), prints: 40, judged: 0, finished: 0, weight: 1620 },
  ];
  const element = await make();
  const cells = all(element, "tr").map((row) => [...row.children].map((cell) => cell.textContent!.trim()));
  expect(cells).toEqual([
    ["", "Prints", "Filament", "Finished"],
    ["Last 7 days", "12", "412 g", "92%"],
    ["Since Nov 6, 12:00", "40", "1.62 kg", "–"],
  ]);
  page.totals = [{ days: 7, since: since(7), prints: 0, judged: 0, finished: 0 }];
  expect(all(await make(), "table")).toEqual([]);
});

test("a print that ends comes on top, and the one that is open stays open", async () => {
  page.past = [past("first", 1)];
  const element = await make();
  await click(element, ".row");
  all(element, ".row")[0]!.focus();
  page.past = [past("second", 0.1), { ...page.past[0]!, time: "2026-11-26T11:00:01Z" }];
  for (const { changed } of page.listening) changed();
  await settled(element);
  expect(rows(element)).toHaveLength(2);
  expect(all(element, "[aria-expanded=true]")[0]!.textContent).toContain("first");
  expect(element.shadowRoot!.activeElement!.textContent).toContain("first");
});

test("without a print the card says so, and without its printer too", async () => {
  page.past = [];
  expect(textOf(await make())).toContain("No print has ended yet.");
  expect(textOf(await make({ printer: "gone" }))).toContain("not set up");
});

test("more is shown when it is asked for, and kept when something changes", async () => {
  page.past = Array.from({ length: 30 }, (_, index) => past(`file ${index}`, index + 1));
  const element = await make();
  expect(rows(element)).toHaveLength(5);
  await click(element, ".card > .text");
  expect(rows(element)).toHaveLength(25);
  await click(element, ".row", 3);
  page.past = [past("newest", 0.1), ...page.past];
  for (const { changed } of page.listening) changed();
  await settled(element);
  expect(rows(element)).toHaveLength(25);
  expect(rows(element)[0]).toContain("newest");
  const [open] = all(element, "[aria-expanded=true]");
  expect(open!.textContent).toContain("file 3");
  await click(element, ".card > .text");
  expect(rows(element)).toHaveLength(31);
  expect(all(element, ".card > .text")).toEqual([]);
});

test("the last print is printed again by its button, after a question", async () => {
  const asked = vi.fn().mockReturnValueOnce(false).mockReturnValue(true);
  vi.stubGlobal("confirm", asked);
  const element = await make();
  await click(element, ".row");
  await click(element, ".sheet .big");
  expect(page.calls).toEqual([]);
  await click(element, ".sheet .big");
  expect(asked.mock.lastCall![0]).toContain("AD5X heats and starts Vase.3mf.");
  expect(page.calls).toEqual([
    { domain: "button", service: "press", data: {}, target: { entity_id: "button.ad5x_print_again" } },
  ]);
});

test("an older print is printed again by its file, and a refusal is told beside it", async () => {
  vi.stubGlobal("confirm", () => true);
  page.refuse = { message: "The printer is printing." };
  const element = await make();
  await click(element, ".row", 1);
  await click(element, ".sheet .big");
  expect(page.calls).toEqual([
    { domain: "flashforge", service: "print_file", data: { file_name: "Boat.3mf" }, target: { device_id: printer } },
  ]);
  expect(all(element, ".sheet .refusal")[0]!.textContent).toContain("The printer is printing.");
});

test("a printer that cannot start files offers no second print", async () => {
  page.drop("button.ad5x_print_again");
  const element = await make();
  await click(element, ".row");
  expect(all(element, ".sheet .big")).toEqual([]);
});

test("a picture is not loaded again for a new signature", async () => {
  const element = await make();
  const source = (): string | null => all(element, "img")[0]!.getAttribute("src");
  const before = source();
  page.past[1] = { ...page.past[1]!, picture: "/api/flashforge/finished/x/1?authSig=b" };
  for (const { changed } of page.listening) changed();
  await settled(element);
  expect(source()).toBe(before);
});

test("a history that cannot be read says why, and comes back with the connection", async () => {
  page.unreadable = { message: "Unknown command." };
  const element = await make();
  expect(textOf(element)).toContain("Unknown command.");
  page.unreadable = undefined;
  window.dispatchEvent(new CustomEvent("connection-status", { detail: "connected" }));
  await settled(element);
  expect(rows(element)).toHaveLength(2);
  expect(textOf(element)).not.toContain("Unknown command.");
});

test("a card that is gone listens no more, and one that is back listens again", async () => {
  const element = await make();
  expect(page.listening.size).toBe(1);
  element.remove();
  await settled(element);
  expect(page.listening.size).toBe(0);
  document.body.append(element);
  await settled(element);
  expect(page.listening.size).toBe(1);
  expect(rows(element)).toHaveLength(2);
});

test("the states of the printer are no reason to ask or to render again", async () => {
  const element = await make();
  const asked = page.asked.length;
  const render = vi.spyOn(element as unknown as { render(): unknown }, "render");
  (element as unknown as { hass: unknown }).hass = page.set("sensor.ad5x_progress", "50");
  await settled(element);
  expect(page.asked).toHaveLength(asked);
  expect(render).not.toHaveBeenCalled();
});
