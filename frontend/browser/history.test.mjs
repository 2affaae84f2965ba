// The past prints in a real browser; `scripts/frontend browser` runs it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, board, card, errors, faults, finish, open, page, picture, say, says } from "./page.mjs";

open("history");

const HISTORY = "flashforge-history-card";

/** Let the first printer end a print, and return it with an empty plate. */
async function over() {
  const printer = await begin();
  await board({ views: [{ cards: [card("printer-card", printer)] }] });
  await says(printer, "Pause");
  await finish();
  await says(printer, "Completed");
  await say("clear 1");
  await says(printer, "Idle");
  return printer;
}

test("a print that ends appears by itself, and is printed again after a question", async () => {
  const printer = await over();
  await board({ views: [{ cards: [card("history-card", printer)] }] });
  await page.waitForSelector(`${HISTORY} .row >> text=Finished`);
  const rows = await page.locator(`${HISTORY} .row`).count();
  await page.click(`${HISTORY} .row`);
  await page.waitForSelector(`${HISTORY} .row[aria-expanded=true]`);
  await page.click(`${HISTORY} .sheet button:has-text("Print again")`);
  await page.waitForSelector("dialog-box >> text=heats and starts");
  await picture("again");
  await page.click('dialog-box >> text="Print again"');
  await page.waitForFunction(
    (id) => ["heating", "printing", "calibrating"].includes(document.querySelector("home-assistant").hass.states[id].state),
    printer.status,
  );
  // It prints now, so it cannot be started once more, and the card says why.
  await page.click(`${HISTORY} .sheet button:has-text("Print again")`);
  await page.click('dialog-box >> text="Print again"');
  await page.waitForSelector(`${HISTORY} .sheet .refusal`);
  await picture("refused");
  await say("cancel 1");
  await page.waitForFunction(
    ([tag, wanted]) => window.everywhere(tag)[0]?.shadowRoot.querySelectorAll(".row").length === wanted,
    [HISTORY, rows + 1],
  );
  await page.waitForSelector(`${HISTORY} li:first-child >> text=Canceled`);
  await page.waitForSelector(`${HISTORY} [aria-expanded=true] >> text=Finished`);
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 390]) {
    test(`the past prints of all printers, ${colorScheme}, ${width} px wide`, async () => {
      await page.setViewportSize({ width, height: 1000 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await board({ strategy: { type: "custom:flashforge" } }, "prints");
      await page.waitForSelector(`${HISTORY} table >> text=Since`);
      await page.waitForSelector(`${HISTORY} select`);
      await page.click(`${HISTORY} .row >> nth=1`);
      await page.waitForSelector(`${HISTORY} .sheet`);
      await picture(`history-${colorScheme}-${width}`);
      assert.deepEqual(await faults([HISTORY]), []);
    });
  }
}

test("the printer prints on, as other tests expect it", async () => {
  await begin();
  assert.match(await say("status 1"), /heating|printing/);
});

test("nothing of ours was reported as an error by the browser", () => {
  assert.deepEqual(errors, []);
});
