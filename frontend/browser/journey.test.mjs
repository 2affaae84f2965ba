// From a printer that was discovered to its dashboard, as a person goes there.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { HOME_ASSISTANT, ask, connected, discovered, errors, open, page, picture, press, remove, says } from "./page.mjs";

const MOST_CLICKS = 8;
const DASHBOARD = "3d-printers";

let waiting;

after(async () => {
  const made = (await ask({ type: "lovelace/dashboards/list" })).find(({ url_path }) => url_path === DASHBOARD);
  if (made) await ask({ type: "lovelace/dashboards/delete", dashboard_id: made.id });
  await remove(waiting.name);
});

open("journey");

test("a discovered printer is in the dashboard after a few clicks", async (t) => {
  waiting = await discovered();
  let clicks = 0;
  const click = async (text) => {
    await press(text);
    clicks += 1;
  };
  await page.goto(HOME_ASSISTANT);
  await connected();
  await page.waitForSelector("text=Devices discovered >> visible=true");

  const start = performance.now();
  await click("text=Devices discovered");
  await click(`text=/${waiting.name}$/`);
  await page.waitForSelector("dialog-data-entry-flow >> text=Enter the check code");
  await click("dialog-data-entry-flow input");
  await page.keyboard.type(waiting.checkCode);
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog-data-entry-flow >> text=Name and assign");
  await picture("added");
  await click("dialog-data-entry-flow >> text=/^Dashboards$/");
  await click("text=Add dashboard");
  await click("text=All printers, and a view for each");
  await click("dialog-lovelace-dashboard-detail ha-button:has-text('Create')");
  await click("ha-sidebar >> text=3D printers");
  await says(waiting, waiting.name, "flashforge-compact-card");
  const seconds = (performance.now() - start) / 1000;
  t.diagnostic(`${clicks} clicks, ${seconds.toFixed(1)} s`);
  await picture("dashboard");

  assert.ok(clicks <= MOST_CLICKS, `${clicks} clicks`);
  assert.equal(new URL(page.url()).pathname.split("/")[1], DASHBOARD);
});

test("the new printer has a view of its own there", async () => {
  await press(`flashforge-compact-card >> text=${waiting.name}`);
  await says(waiting, waiting.name);
  await page.waitForSelector("flashforge-camera-card");
  await picture("dashboard-printer");
  assert.equal(await page.locator("hui-error-card").count(), 0);
});

test("nothing of ours was reported as an error by the browser", () => {
  assert.deepEqual(errors, []);
});
