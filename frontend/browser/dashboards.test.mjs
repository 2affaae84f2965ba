// Dashboards and sections, made as an owner makes them: in the dialogs of Home Assistant.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import {
  add, ask, board, connected, errors, faults, HOME_ASSISTANT, open, page, picture, printers, printing, remove, say, says,
} from "./page.mjs";

const MADE = "3d-printers";

async function takeAway() {
  for (const { id, url_path } of await ask({ type: "lovelace/dashboards/list" })) {
    if (url_path === MADE) await ask({ type: "lovelace/dashboards/delete", dashboard_id: id });
  }
}

/** Other files of tests may have ended the print. */
async function print() {
  if (/: (heating|printing)/.test(await say("status 1"))) return;
  for (const command of ["dismiss", "clear", "print", "skip"]) await say(`${command} 1`);
}

// Before the one of open(), which closes the browser.
after(async () => {
  await say("dismiss 2");
  await takeAway();
});
open("dashboards");

test("the dialog makes a dashboard of all printers", async () => {
  await takeAway();
  await print();
  await page.goto(`${HOME_ASSISTANT}/config/lovelace/dashboards`);
  await connected();
  await page.click("text=Add dashboard");
  await page.click("dashboard-card:has-text('All printers, and a view for each')");
  await page.click("ha-button:has-text('Create')");
  await page.waitForFunction((path) => document.querySelector("home-assistant").hass.panels[path], MADE);
  const stored = await ask({ type: "lovelace/config", url_path: MADE });
  assert.deepEqual(stored, { strategy: { type: "custom:flashforge" } });
  await page.goto(`${HOME_ASSISTANT}/${MADE}`);
  for (const printer of printers) await says(printer, printer.name, "flashforge-compact-card");
  const at = await printing();
  await says({ name: "1 printing" }, "ready", "flashforge-farm-card");
  await says(at, "Done next:", "flashforge-farm-card");
  await say("error 2 E0009");
  await says({ name: "1 waits for you" }, "1 printing", "flashforge-farm-card");
  await picture("dashboard");
  assert.deepEqual(await faults(["flashforge-farm-card"]), []);
});

test("the overview is as good on a phone and in the dark", async () => {
  for (const [colorScheme, width] of [["dark", 1440], ["dark", 390], ["light", 390]]) {
    await page.setViewportSize({ width, height: 1000 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto(`${HOME_ASSISTANT}/${MADE}/farm`);
    await says(await printing(), "Done next:", "flashforge-farm-card");
    await picture(`farm-${colorScheme}-${width}`);
    assert.deepEqual(await faults(["flashforge-farm-card"]), []);
    assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= window.innerWidth));
  }
  await page.setViewportSize({ width: 1440, height: 1000 });
  await page.emulateMedia({ colorScheme: "light" });
});

test("what adjusts a print is there during a print only", async () => {
  await page.goto(`${HOME_ASSISTANT}/${MADE}`);
  await connected();
  const at = await printing();
  const idle = printers.find(({ name, model }) => name !== at.name && /Creator 5/.test(model));
  for (const [printer, count] of [[at, 1], [idle, 0]]) {
    await page.goto(`${HOME_ASSISTANT}/${MADE}/printer-${printer.id.slice(-12)}`);
    await says(printer, printer.name);
    await page.waitForSelector("hui-heading-card:has-text('Temperatures')");
    await page.waitForSelector("hui-tile-card:has-text('Lifetime')");
    await page.waitForFunction(
      ([wanted]) =>
        window
          .everywhere("hui-tile-card")
          .filter((tile) => tile.checkVisibility() && /print speed/i.test(tile.shadowRoot?.textContent ?? ""))
          .length === wanted,
      [count],
    );
    await picture(`view-${count ? "printing" : "idle"}`);
    assert.equal(await page.locator("hui-error-card").count(), 0);
  }
});

test("a printer that is added later comes by itself, and goes when it is removed", async () => {
  await page.goto(`${HOME_ASSISTANT}/${MADE}/farm`);
  await says(printers[0], printers[0].name, "flashforge-compact-card");
  await page.evaluate(() => {
    window.sameAsBefore = true;
  });
  const later = await add();
  await says(later, later.name, "flashforge-compact-card");
  const tab = page.locator(`ha-tab-group-tab:has-text("${later.name}")`);
  await tab.waitFor();
  await remove(later.name);
  await tab.waitFor({ state: "detached" });
  assert.ok(await page.evaluate(() => window.sameAsBefore), "the page was loaded again");
});

test("a section of a printer is chosen in the editor, and its printer in a form", async () => {
  await board({ views: [{ type: "sections", sections: [] }] }, "0?edit=1");
  await page.click(".create-section");
  await page.click("text=Automatic section");
  await page.click("[data-type='custom:flashforge-printer']");
  await page.waitForSelector("flashforge-printer-editor ha-form");
  await picture("section-editor");
  assert.deepEqual(await faults(["flashforge-printer-editor"]), []);
  await page.click("hui-dialog-edit-section ha-button:has-text('Save')");
  await page.waitForSelector("hui-section flashforge-printer-card");
  const { views } = await ask({ type: "lovelace/config", url_path: "test-dashboards" });
  const { type, printer } = views[0].sections[0].strategy;
  assert.equal(type, "custom:flashforge-printer");
  assert.ok(printers.some(({ id }) => id === printer), printer);
});

test("nothing of ours was reported as an error by the browser", () => {
  assert.deepEqual(errors, []);
});
