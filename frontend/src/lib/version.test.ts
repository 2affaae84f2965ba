import { beforeEach, expect, test, vi } from "vitest";
import { Page, PRINTING, settled, show, textOf } from "../testing/hass.test";

// The hash in the address of the script, which a test has no address for.
vi.mock("./version", async (load) => {
  const real = await load<typeof import("./version")>();
  return { ...real, isOutdated: (hass: never) => real.isOutdated(hass, undefined, "now") };
});

let page: Page;

beforeEach(async () => {
  await import("../flashforge");
  (await import("./version")).askAgain();
  page = new Page();
});

const card = async (): Promise<HTMLElement> => {
  const printer = page.add("AD5X", PRINTING);
  return show(document.createElement("flashforge-printer-card"), page.hass, { type: "x", printer });
};

test("a page as new as the integration says nothing", async () => {
  expect(textOf(await card())).not.toContain("Reload the page");
});

test("a page that is older asks to be loaded again, and goes on working", async () => {
  page.version = "newer";
  const text = textOf(await card());
  expect(text).toContain("Reload the page");
  expect(text).toContain("43 %");
});

test("an update while the page is open is noticed when Home Assistant is back", async () => {
  const element = await card();
  page.version = "newer";
  window.dispatchEvent(new CustomEvent("connection-status", { detail: "connected" }));
  await settled(element);
  expect(textOf(element)).toContain("Reload the page");
});

test("an integration that does not answer changes nothing", async () => {
  page.hass = { ...page.hass, callWS: async () => Promise.reject(new Error("unknown command")) };
  expect(textOf(await card())).not.toContain("Reload the page");
});

test("an integration that was not there yet is asked again when a state changes", async () => {
  const { callWS } = page.hass;
  page.update({ callWS: async () => Promise.reject(new Error("unknown command")) });
  const element = await card();
  page.version = "newer";
  page.update({ callWS });
  (element as HTMLElement & { hass: unknown }).hass = page.set("sensor.ad5x_progress", "44");
  await settled(element);
  expect(textOf(element)).toContain("Reload the page");
});
