// The cards in a real browser; `scripts/frontend browser` runs it.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  HOME_ASSISTANT,
  ask,
  begin,
  board,
  card,
  connected,
  errors,
  faults,
  finish,
  newPage,
  open,
  page,
  picture,
  printers,
  say,
  says,
} from "./page.mjs";

open("cards");

const everything = () => ({
  views: [
    {
      type: "sections",
      max_columns: 4,
      badges: printers.map((printer) => card("badge", printer)),
      sections: printers.map((printer) => ({
        type: "grid",
        cards: [
          card("printer-card", printer),
          card("slots-card", printer),
          card("compact-card", printer),
          {
            type: "tile",
            entity: printer.status,
            features: [{ type: "custom:flashforge-controls" }, { type: "custom:flashforge-swatches" }],
          },
          card("camera-card", printer),
        ],
      })),
    },
  ],
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 390]) {
    test(`all cards of all models are shown, ${colorScheme}, ${width} px wide`, async () => {
      await page.setViewportSize({ width, height: 1000 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await board(everything());
      for (const printer of printers) {
        await says(printer, printer.name);
        await says(printer, printer.name, "flashforge-badge");
      }
      await page.waitForSelector("flashforge-camera-card img");
      await picture(`all-${colorScheme}-${width}`);
      assert.deepEqual(await faults(), []);
    });
  }
}

test("pause reaches the printer, and cancel only after a question", async () => {
  await page.setViewportSize({ width: 1440, height: 1000 });
  const printer = await begin();
  await board({ views: [{ cards: [card("printer-card", printer)] }] });
  await says(printer, "Pause");
  await page.click("flashforge-printer-card .buttons button:has-text('Pause')");
  await says(printer, "Paused");
  assert.match(await say("status 1"), /paused/);
  await picture("paused");
  await page.click("flashforge-printer-card .buttons button:has-text('Cancel')");
  await page.waitForSelector("dialog-box >> text=Cancel this print?");
  await picture("question");
  await page.click("dialog-box >> text=\"No\"");
  assert.match(await say("status 1"), /paused/);
  await page.click("flashforge-printer-card .buttons button:has-text('Resume')");
  // "Paused" has the same letters.
  await page.waitForSelector("flashforge-printer-card .buttons span:text-is('Pause')");
  assert.match(await say("status 1"), /heating|printing/);
});

test("an opened slot is as sound as the closed card", async () => {
  const { id } = await page.evaluate(() => {
    const { devices } = document.querySelector("home-assistant").hass;
    return Object.values(devices).find(({ model }) => /Creator 5 Pro/.test(model));
  });
  await board({ views: [{ cards: [card("slots-card", { id })] }] });
  await page.click("flashforge-slots-card .spool");
  await page.waitForSelector("flashforge-slots-card select");
  await picture("slot");
});

test("every state is told: error, done, off, LAN mode off", async () => {
  const printer = await begin();
  await board({ views: [{ cards: [card("printer-card", printer), card("compact-card", printer)] }] });
  await say("error 1 E0009");
  await says(printer, "E0009");
  await picture("error");
  await say("dismiss 1");
  await finish();
  await says(printer, "Completed");
  await says(printer, "Plate is clear");
  await picture("completed");
  await page.click("flashforge-printer-card .buttons button:has-text('Plate is clear')");
  await says(printer, "Idle");
  await say("lan 1 off");
  await says(printer, "LAN mode off");
  await picture("lan-mode-off");
  await say("lan 1 on");
  await says(printer, "Idle");
});

test("a disabled entity costs its line", async () => {
  const printer = await begin();
  await board({ views: [{ cards: [card("printer-card", printer)] }] });
  await says(printer, "Nozzle");
  const bed = await page.evaluate(
    (id) =>
      Object.values(document.querySelector("home-assistant").hass.entities).find(
        ({ device_id, translation_key }) => device_id === id && translation_key === "bed_temperature",
      ).entity_id,
    printer.id,
  );
  await ask({ type: "config/entity_registry/update", entity_id: bed, disabled_by: "user" });
  await page.waitForFunction((id) => !document.querySelector("home-assistant").hass.entities[id], bed);
  await says(printer, "Nozzle");
  assert.equal(await page.locator("flashforge-printer-card .heat:has-text('Bed')").count(), 0);
  assert.equal(await page.locator("hui-error-card").count(), 0);
});

test("the dashboard makes itself, and the overview leads to each printer", async () => {
  await board({ strategy: { type: "custom:flashforge" } });
  for (const printer of printers) await says(printer, printer.name, "flashforge-compact-card");
  await picture("overview");
  await page.click(`flashforge-compact-card:has-text("${printers[0].name}")`);
  await says(printers[0], printers[0].name);
  await page.waitForSelector("flashforge-camera-card");
  await picture("view");
  assert.equal(await page.locator("hui-error-card").count(), 0);
});

test("a section makes itself", async () => {
  const strategy = { type: "custom:flashforge-printer", printer: printers[0].id };
  await board({ views: [{ type: "sections", sections: [{ strategy }] }] });
  await says(printers[0], printers[0].name);
  await page.waitForSelector("flashforge-slots-card, flashforge-camera-card");
});

test("Home Assistant offers the dashboard, and the card for an entity", async () => {
  await page.goto(`${HOME_ASSISTANT}/config/lovelace/dashboards`);
  await connected();
  await page.click("text=Add dashboard");
  await page.waitForSelector("text=All printers, and a view for each");
  await picture("new-dashboard");
  const suggested = await page.evaluate(
    ([entity]) =>
      window.customCards
        .map(({ getEntitySuggestion }) =>
          getEntitySuggestion?.(document.querySelector("home-assistant").hass, entity),
        )
        .filter(Boolean).length,
    [printers[0].status],
  );
  assert.ok(suggested >= 2);
});

test("a page that is older than the integration asks to be loaded again", async () => {
  const printer = printers[0];
  await board({ views: [{ cards: [card("printer-card", printer)] }] });
  await says(printer, printer.name);
  assert.equal(await page.locator("flashforge-printer-card .notice").count(), 0);
  const old = await newPage({ serviceWorkers: "block" });
  await old.route(new RegExp(`/test-cards/0`), async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/(flashforge\.js\?v=)\w+/g, "$1older");
    await route.fulfill({ response, body });
  });
  await old.goto(`${HOME_ASSISTANT}/test-cards/0`);
  await old.waitForSelector("flashforge-printer-card .notice >> text=Reload the page");
  await old.context().close();
});

test("nothing of ours was reported as an error by the browser", () => {
  assert.deepEqual(errors, []);
});
