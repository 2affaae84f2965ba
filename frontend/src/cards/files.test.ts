import { beforeEach, expect, test, vi } from "vitest";
import "../flashforge";
import { forget } from "../lib/find";
import { Page, PRINTING, settled, show, textOf } from "../testing/hass.test";

const FILES = Array.from({ length: 9 }, (_, number) => ({ name: `part ${number}.3mf`, print_time: 600, weight: 2.4 }));

let page: Page;
let printer: string;
let seen: (visible: boolean) => void;

beforeEach(() => {
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(tell: (entries: object[]) => void) {
        seen = (isIntersecting) => tell([{ isIntersecting }]);
      }
      observe(): void {}
      disconnect(): void {}
    },
  );
  forget();
  page = new Page();
  printer = page.add("AD5X", { ...PRINTING, "sensor.status": "idle" });
  page.answers["flashforge/files"] = FILES;
});

const lists = () => page.asked.filter(({ type }) => type === "flashforge/files").length;

async function card(): Promise<HTMLElement & { hass?: Page["hass"] }> {
  const made = document.createElement("flashforge-files-card");
  const element = await show(made, page.hass, { type: "x", printer });
  seen(true);
  await settled(element);
  return element;
}

const change = async (element: { hass?: Page["hass"] } & HTMLElement, hass: Page["hass"]): Promise<void> => {
  element.hass = hass;
  await settled(element);
};

test("the newest files are shown, and asked for only once while nothing changes", async () => {
  const element = await card();
  expect(element.shadowRoot!.querySelectorAll(".tile .title")).toHaveLength(6);
  expect(textOf(element)).toContain("part 0.3mf 10 min · 2.4 g");
  seen(false);
  seen(true);
  await change(element, page.set("sensor.ad5x_status", "heating"));
  expect(lists()).toBe(1);
});

test("a card that nobody sees asks for nothing", async () => {
  const made = document.createElement("flashforge-files-card");
  await show(made, page.hass, { type: "x", printer });
  expect(lists()).toBe(0);
});

test("after an upload, and when the printer is back, the list is asked for again", async () => {
  const element = await card();
  await change(element, page.set("sensor.ad5x_upload_progress", "40"));
  await change(element, page.set("sensor.ad5x_upload_progress", "unknown"));
  expect(lists()).toBe(2);
  await change(element, page.set("sensor.ad5x_status", "offline"));
  expect(textOf(element)).toContain("The files are shown when the printer is on.");
  expect(element.shadowRoot!.querySelector("button")).toBeNull();
  await change(element, page.set("sensor.ad5x_status", "idle"));
  expect(lists()).toBe(3);
});

test("why there is no list is told in words", async () => {
  page.answers["flashforge/files"] = {
    code: "x",
    translation_domain: "flashforge",
    translation_key: "not_allowed",
    translation_placeholders: { printer: "AD5X" },
  };
  expect(textOf(await card())).toContain("You are not allowed to control AD5X.");
});

test("a tap on a file opens the dialog with it, and the list is new when that closes", async () => {
  const element = await card();
  const asked = vi.fn();
  element.addEventListener("show-dialog", (event) => asked((event as CustomEvent).detail.dialogParams));
  element.shadowRoot!.querySelector<HTMLElement>(".tile")!.click();
  const params = asked.mock.calls[0]![0];
  expect(params).toMatchObject({ printer, source: { name: "part 0.3mf" } });
  params.closed();
  await settled(element);
  expect(lists()).toBe(2);
});

test("without a manager of dialogs, the dialog is put into the page and taken away again", async () => {
  page.answers["flashforge/print_abilities"] = { options: [], types: [] };
  const element = await card();
  element.shadowRoot!.querySelector<HTMLElement>(".card > .big")!.click();
  const dialog = document.querySelector<HTMLElement>("flashforge-print-dialog")!;
  await settled(dialog);
  expect(textOf(dialog)).toContain("Print on AD5X");
  dialog.shadowRoot!.querySelector<HTMLElement>("header .icon")!.click();
  await settled(dialog);
  dialog.shadowRoot!.querySelector("dialog")?.dispatchEvent(new Event("close"));
  expect(document.querySelector("flashforge-print-dialog")).toBeNull();
});
