// Each control of a card that no other file uses, to the virtual printer or the dialog it opens.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { begin, board, card, errors, open, page, picture, printers, say, says, state, virtual } from "./page.mjs";

open("controls");

const SLOTS = "flashforge-slots-card";

let pro;
let slots;

/** A printer with its number at the console and its entities, by their translation keys. */
async function known(model) {
  const printer = printers.find((each) => each.model === model);
  assert.ok(printer, JSON.stringify(printers));
  const at = (await virtual()).findIndex(({ name }) => name === printer.name);
  const entities = await page.evaluate(
    (id) =>
      Object.fromEntries(
        Object.values(document.querySelector("home-assistant").hass.entities)
          .filter(({ device_id, platform }) => device_id === id && platform === "flashforge")
          .map(({ entity_id, translation_key }) => [`${entity_id.split(".")[0]}.${translation_key}`, entity_id]),
      ),
    printer.id,
  );
  return { ...printer, entities, tell: (command, ...more) => say([command, at + 1, ...more].join(" ")) };
}

/** Wait until the console tells something of a printer. */
async function told(printer, pattern) {
  let now = "";
  for (const end = Date.now() + 60_000; Date.now() < end; await page.waitForTimeout(200)) {
    now = await printer.tell("status");
    if (pattern.test(now)) return;
  }
  assert.match(now, pattern);
}

const more = async (selector) => {
  await page.click(selector);
  await page.waitForSelector("ha-more-info-info", { state: "attached" });
  await page.keyboard.press("Escape");
  await page.waitForSelector("ha-more-info-info", { state: "detached" });
};

beforeEach(async () => {
  pro ??= await known("Adventurer 5M Pro");
  slots ??= await known("AD5X");
});

test("the light is switched on and off", async () => {
  await board({ views: [{ cards: [card("printer-card", pro)] }] });
  const light = page.locator("flashforge-printer-card button[aria-label=Light]");
  const lit = (await light.getAttribute("aria-pressed")) === "true";
  for (const now of [!lit, lit]) {
    await light.click();
    await page.waitForSelector(`flashforge-printer-card button[aria-label=Light][aria-pressed=${now}]`);
    await state(pro.entities["light.light"], now ? "on" : "off");
  }
});

test("an error is cleared", async () => {
  await board({ views: [{ cards: [card("printer-card", slots)] }] });
  await slots.tell("error", "E0100");
  await page.click("flashforge-printer-card .buttons button:has-text('Clear error')");
  await page.waitForSelector("flashforge-printer-card .wrong", { state: "detached" });
  assert.doesNotMatch(await slots.tell("status"), /E0100/);
});

test("material and color of a slot are chosen", async () => {
  await board({ views: [{ cards: [card("slots-card", slots)] }] });
  const spool = page.locator(`${SLOTS} .spool >> nth=3`);
  const before = (await spool.locator(".what").innerText()).trim();
  await spool.click();
  const choices = page.locator(`${SLOTS} .sheet select`);
  const old = [await choices.nth(0).inputValue(), await choices.nth(1).inputValue()];
  await choices.nth(0).selectOption("PETG");
  await page.waitForSelector(`${SLOTS} .spool >> nth=3 >> text=PETG`);
  await choices.nth(1).selectOption({ label: "Black" });
  await page.waitForSelector(`${SLOTS} .spool >> nth=3 >> text=PETG Black`);
  await picture("chosen");
  await choices.nth(0).selectOption(old[0]);
  await page.waitForSelector(`${SLOTS} .spool >> nth=3 >> text=${old[0]} Black`);
  await choices.nth(1).selectOption(old[1]);
  await page.waitForSelector(`${SLOTS} .spool >> nth=3 >> text=${before}`);
});

test("filament is loaded, and that is canceled", async () => {
  await board({ views: [{ cards: [card("slots-card", slots)] }] });
  for (const action of ["Load", "Unload"]) {
    await page.click(`${SLOTS} .spool >> nth=1`);
    await page.click(`${SLOTS} .sheet button:has(span:text-is("${action}"))`);
    await told(slots, action === "Load" ? /slot 2 load/ : /slot 2 unload/);
    await page.waitForSelector(`${SLOTS} .feed`);
    await picture(`feeds-${action}`);
    await page.click(`${SLOTS} .feed button:has-text('Cancel')`);
    await page.waitForSelector(`${SLOTS} .feed`, { state: "detached" });
    await told(slots, /^(?!.*slot 2)/);
    await state(slots.entities["sensor.station_activity"], "idle");
    await page.click(`${SLOTS} .spool >> nth=1`);
  }
});

test("the picture of a job turns into the camera and back", async () => {
  const printer = await begin();
  await board({ views: [{ cards: [card("printer-card", printer)] }] });
  await says(printer, "Pause");
  await page.click("flashforge-printer-card .picture");
  await page.waitForSelector("flashforge-printer-card .picture flashforge-live img");
  await page.click("flashforge-printer-card .picture");
  await page.waitForSelector("flashforge-printer-card .picture flashforge-live", { state: "detached" });
});

test("the picture of the camera is saved, and fills the screen", async () => {
  await board({ views: [{ cards: [card("camera-card", pro)] }] });
  await page.waitForSelector("flashforge-camera-card img");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click("flashforge-camera-card a[download]"),
  ]);
  assert.equal(download.suggestedFilename(), `${pro.name}.jpg`);
  assert.equal(await download.failure(), null);
  await page.click("flashforge-camera-card button[aria-label='Full screen']");
  await page.waitForFunction(() => !!document.fullscreenElement);
  await page.evaluate(() => document.exitFullscreen());
});

test("a value, a slot and a badge show more of themselves, and a name leads to its device", async () => {
  const printer = await begin();
  await board({
    views: [
      {
        badges: [card("badge", printer)],
        cards: [
          card("printer-card", printer),
          { type: "tile", entity: slots.status, features: [{ type: "custom:flashforge-swatches" }] },
        ],
      },
    ],
  });
  await says(printer, "Pause");
  for (const where of [".state", ".file", ".percent", ".heat"]) await more(`flashforge-printer-card ${where}`);
  await more("flashforge-badge button");
  await more("flashforge-swatches button");
  await page.click("flashforge-printer-card .name");
  await page.waitForURL(`**/config/devices/device/${printer.id}`);
});

test("nothing of ours was reported as an error by the browser", () => {
  assert.deepEqual(errors, []);
});
