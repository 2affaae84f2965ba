// What happens around an open page: restarts, updates, printers that come and go, other people.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  HOME_ASSISTANT,
  add,
  ask,
  begin,
  board,
  card,
  connected,
  control,
  errors,
  newPage,
  open,
  page,
  picture,
  press,
  printers,
  remove,
  say,
  says,
  state,
  virtual,
} from "./page.mjs";

const CARDS = ["printer-card", "compact-card", "slots-card", "camera-card"];
const REMOVED = "This printer is not set up in Home Assistant";

open("lifecycle");

let printer;

const entryOf = ({ id }) =>
  page.evaluate((device) => document.querySelector("home-assistant").hass.devices[device].primary_config_entry, id);

/** Show everything about a printer, and note each red box that appears from now on. */
async function show(shown) {
  await board({
    views: [
      {
        badges: [card("badge", shown)],
        cards: [
          ...CARDS.map((type) => card(type, shown)),
          { type: "tile", entity: shown.status, features: [{ type: "custom:flashforge-controls" }] },
        ],
      },
    ],
  });
  for (const type of CARDS.slice(0, 2)) await says(shown, shown.name, `flashforge-${type}`);
  await watch();
}

const watch = () =>
  page.evaluate(() => {
    window.boxes = [];
    const look = (root) => {
      for (const element of root.querySelectorAll("*")) {
        if (/^hui-(error-card|error-badge|warning)$/.test(element.localName)) window.boxes.push(element.localName);
        // What a tile of Home Assistant says about its missing entity is its own affair.
        if (element.shadowRoot && element.localName !== "hui-tile-card") look(element.shadowRoot);
      }
    };
    setInterval(() => look(document), 100);
  });

/** Assert that it is still the page that `show` opened, and that it never had a red box. */
async function calm() {
  assert.deepEqual(await page.evaluate(() => window.boxes && [...new Set(window.boxes)]), []);
}

/** Wait until a card without its printer says so. */
const noticed = (type) => page.waitForSelector(`flashforge-${type} >> text=${REMOVED}`);

beforeEach(async () => {
  printer = await begin();
});

test("a restart of Home Assistant: the cards of an open page come back by themselves", async () => {
  await show(printer);
  await control("restart");
  await say("pause 1");
  for (const type of [...CARDS.slice(0, 2), "badge"]) await says(printer, "Paused", `flashforge-${type}`);
  await say("resume 1");
  await says(printer, "Printing");
  await calm();
});

test("a printer that is switched off and on again", async () => {
  const { name } = (await virtual())[1];
  const other = printers.find((each) => each.name === name);
  await show(other);
  await says(other, "Idle");
  await say("off 2");
  for (const type of CARDS.slice(0, 2)) await says(other, "Offline", `flashforge-${type}`);
  await picture("off");
  await say("on 2");
  for (const type of CARDS.slice(0, 2)) await says(other, "Idle", `flashforge-${type}`);
  await calm();
});

test("a printer that is removed leaves a quiet notice, and the dashboard follows", async () => {
  const added = await add();
  await board({ strategy: { type: "custom:flashforge" } });
  await says(added, added.name, "flashforge-compact-card");
  await show(added);
  await remove(added.name);
  for (const type of CARDS) await noticed(type);
  await picture("removed");
  await calm();
});

test("a renamed entity is still found", async () => {
  await show(printer);
  const rename = (from, to) => ask({ type: "config/entity_registry/update", entity_id: from, new_entity_id: to });
  await rename(printer.status, "sensor.renamed_by_hand");
  await state("sensor.renamed_by_hand", "printing");
  await say("pause 1");
  await says(printer, "Paused");
  await say("resume 1");
  await says(printer, "Printing");
  await rename("sensor.renamed_by_hand", printer.status);
  await state(printer.status, "printing");
  await calm();
});

test("the status sensor is disabled, and enabled again", async () => {
  await board({ views: [{ cards: CARDS.map((type) => card(type, printer)) }] });
  await says(printer, "Nozzle");
  await watch();
  await ask({ type: "config/entity_registry/update", entity_id: printer.status, disabled_by: "user" });
  await page.waitForFunction((id) => !document.querySelector("home-assistant").hass.entities[id], printer.status);
  await page.waitForSelector("flashforge-printer-card .state", { state: "detached" });
  await says(printer, "Nozzle");
  await says(printer, printer.name, "flashforge-compact-card");
  await picture("without-status");
  await ask({ type: "config/entity_registry/update", entity_id: printer.status, disabled_by: null });
  await page.evaluate(
    (id) => document.querySelector("home-assistant").hass.callApi("POST", `config/config_entries/entry/${id}/reload`),
    await entryOf(printer),
  );
  await says(printer, "Printing");
  await calm();
});

test("an integration that is unloaded, and loaded again", async () => {
  await board({ views: [{ cards: CARDS.map((type) => card(type, printer)) }] });
  await says(printer, "Printing");
  await watch();
  const entry = await entryOf(printer);
  const disable = (by) => ask({ type: "config_entries/disable", entry_id: entry, disabled_by: by });
  await disable("user");
  for (const type of CARDS) await noticed(type);
  await disable(null);
  await says(printer, "Printing");
  await calm();
});

test("a dashboard that is kept in a file has the same cards", async () => {
  const written = {
    views: [
      { path: "cards", cards: CARDS.map((type) => card(type, printer)) },
      { path: "made", strategy: { type: "custom:flashforge-printer", printer: printer.id } },
    ],
  };
  await control("yaml", JSON.stringify(written));
  for (const view of ["cards", "made"]) {
    await page.goto(`${HOME_ASSISTANT}/in-a-file/${view}`);
    await connected();
    await says(printer, "Printing");
    await page.waitForSelector("flashforge-camera-card");
    assert.equal(await page.locator("hui-error-card").count(), 0);
  }
  await control("yaml", "strategy:\n  type: custom:flashforge\n");
  await page.goto(`${HOME_ASSISTANT}/in-a-file`);
  await says(printer, printer.name, "flashforge-compact-card");
});

test("the features of a tile reach the printer", async () => {
  await board({
    views: [{ cards: [{ type: "tile", entity: printer.status, features: [{ type: "custom:flashforge-controls" }] }] }],
  });
  const button = (name) => page.click(`flashforge-controls button[aria-label="${name}"]:not([disabled])`);
  /** Wait until both the virtual printer and Home Assistant have a status. */
  const both = async (wanted) => {
    while (!(await say("status 1")).includes(`: ${wanted},`)) await page.waitForTimeout(200);
    await state(printer.status, wanted);
  };
  await button("Pause");
  await both("paused");
  await button("Resume");
  await both("printing");
  await button("Cancel");
  await press('dialog-box >> text="Cancel print"');
  await state(printer.status, "canceled");
  assert.doesNotMatch(await say("status 1"), /printing|paused/);
  await say("clear 1");
  await say("print 1");
  await say("skip 1");
  await state(printer.status, "printing");
});

/** A board of one section with one card, in the editor. */
async function edit(first) {
  await board({ views: [{ type: "sections", sections: [{ type: "grid", cards: [first] }] }] });
  await page.goto(`${page.url()}?edit=1`);
  await connected();
  await page.waitForSelector("hui-card-edit-mode");
}

const saved = async (wanted) => {
  const url_path = new URL(page.url()).pathname.split("/")[1];
  for (;;) {
    const { views } = await ask({ type: "lovelace/config", url_path, force: true });
    const { cards } = views[0].sections[0];
    if (cards.length === wanted) return cards;
    await page.waitForTimeout(200);
  }
};

test("the visual editor has one field, and saves what is chosen", async () => {
  await edit({ type: "custom:flashforge-compact-card" });
  await page.click("hui-card-edit-mode");
  await page.waitForSelector("hui-dialog-edit-card hui-form-editor ha-device-picker");
  assert.equal(await page.locator("hui-dialog-edit-card hui-form-editor ha-selector").count(), 1);
  await page.click("hui-dialog-edit-card ha-picker-field");
  await press(`ha-picker-combo-box ha-combo-box-item >> text=/^\\s*${printer.name}\\s*$/`);
  await says(printer, printer.name, "flashforge-compact-card");
  await picture("editor");
  await page.click("hui-dialog-edit-card ha-button:has-text('Save')");
  await page.waitForSelector("hui-dialog-edit-card hui-form-editor", { state: "detached" });
  const [card] = await saved(1);
  assert.deepEqual(card, { type: "custom:flashforge-compact-card", printer: printer.id });
});

test("the card picker suggests our cards for an entity of the printer", async () => {
  await edit(card("compact-card", printer));
  await page.click("hui-grid-section .add");
  await page.waitForSelector("text=Pick an entity to see suggestions");
  await page.keyboard.type(printer.name);
  // A list that is still being sorted loses the click.
  const suggestions = page.locator("text=Community");
  while (!(await suggestions.count())) {
    await press("ha-combo-box-item >> text=/^Problem$/");
    await suggestions.waitFor({ timeout: 5000 }).catch(() => undefined);
  }
  await picture("suggestions");
  await press("text=/^FlashForge printer$/");
  const [, added] = await saved(2);
  assert.deepEqual({ type: added.type, printer: added.printer }, card("printer-card", printer));
});

test("a person who may not control is told so", async () => {
  const name = "reader";
  const client_id = `${HOME_ASSISTANT}/`;
  const post = async (path, body) => (await fetch(HOME_ASSISTANT + path, { method: "POST", body })).json();
  const { user } = await ask({ type: "config/auth/create", name, group_ids: ["system-read-only"] });
  const theirs = await newPage();
  try {
    await ask({
      type: "config/auth_provider/homeassistant/create",
      user_id: user.id,
      username: name,
      password: name,
    });
    const begin = { client_id, redirect_uri: client_id, handler: ["homeassistant", null] };
    const { flow_id } = await post("/auth/login_flow", JSON.stringify(begin));
    const login = { client_id, username: name, password: name };
    const { result } = await post(`/auth/login_flow/${flow_id}`, JSON.stringify(login));
    const grant = { grant_type: "authorization_code", code: result, client_id };
    const tokens = await post("/auth/token", new URLSearchParams(grant));
    await theirs.addInitScript((kept) => localStorage.setItem("hassTokens", kept), JSON.stringify({
      ...tokens,
      hassUrl: HOME_ASSISTANT,
      clientId: client_id,
      expires: Date.now() + tokens.expires_in * 1000,
    }));
    await board({ views: [{ cards: CARDS.map((type) => card(type, printer)) }] });
    await theirs.goto(page.url());
    await says(printer, "Pause", "flashforge-printer-card", theirs);
    assert.equal(await theirs.evaluate(() => document.querySelector("home-assistant").hass.user.name), name);
    await theirs.click("flashforge-printer-card .buttons button:has-text('Pause')");
    await picture("no-permission", theirs);
    await says(printer, "You are not allowed to control this printer.", "flashforge-printer-card", theirs);
    await picture("no-permission", theirs);
    assert.doesNotMatch(await say("status 1"), /paus/);
    assert.equal(await theirs.locator("hui-error-card").count(), 0);
  } finally {
    await theirs.context().close();
    await ask({ type: "config/auth/delete", user_id: user.id });
  }
});

test("the camera is used only while it is on the screen", async () => {
  const watched = async (wanted) => {
    let now;
    for (const end = Date.now() + 120_000; Date.now() < end; await page.waitForTimeout(200)) {
      now = (await virtual()).find(({ name }) => name === printer.name).viewers;
      if (now === wanted) return;
    }
    assert.fail(`the camera has ${now} viewers, not ${wanted}`);
  };
  const tall = { type: "markdown", content: Array(200).fill("line").join("\n\n") };
  await page.goto(`${HOME_ASSISTANT}/profile`);
  await connected();
  await watched(0);
  await board({ views: [{ type: "panel", cards: [{ type: "vertical-stack", cards: [card("camera-card", printer), tall] }] }] });
  await page.waitForSelector("flashforge-camera-card img");
  await watched(1);
  await page.waitForFunction(() => {
    scrollTo(0, document.documentElement.scrollHeight);
    return scrollY > 2000;
  });
  await page.waitForSelector("flashforge-camera-card img", { state: "detached" });
  await watched(0);
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForSelector("flashforge-camera-card img");
  await watched(1);
  const hide = (hidden) =>
    page.evaluate((now) => {
      // A headless page is never hidden, so it is told that it is.
      Object.defineProperty(document, "hidden", { configurable: true, get: () => now });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await hide(true);
  await page.waitForSelector("flashforge-camera-card img", { state: "detached" });
  await watched(0);
  await hide(false);
  await page.waitForSelector("flashforge-camera-card img");
  await watched(1);
});

test("a script that is loaded twice changes nothing", async () => {
  await show(printer);
  await page.evaluate(() => import("/flashforge_static/flashforge.js?v=another"));
  const types = await page.evaluate(() =>
    ["customCards", "customBadges", "customCardFeatures", "customStrategies"].map((list) =>
      window[list].map(({ type, strategyType = "" }) => type + strategyType),
    ),
  );
  for (const each of types) assert.equal(new Set(each).size, each.length, each);
  await says(printer, "Printing");
  assert.equal(await page.locator("flashforge-printer-card .notice").count(), 0);
  await calm();
});

test("an update of the integration: an open page asks to be loaded again, and has the new script then", async () => {
  await show(printer);
  const mark = Date.now();
  await control("update", `window.flashforgeUpdated = ${mark};\n`);
  await page.waitForSelector("flashforge-printer-card .notice >> text=Reload the page");
  await says(printer, "Printing");
  await picture("update");
  await calm();
  assert.notEqual(await page.evaluate(() => window.flashforgeUpdated), mark);
  await page.click("flashforge-printer-card .notice button:has-text('Reload the page')");
  await page.waitForFunction((wanted) => window.flashforgeUpdated === wanted, mark);
  await connected();
  await says(printer, "Printing");
  assert.equal(await page.locator("flashforge-printer-card .notice").count(), 0);
  const { version } = await ask({ type: "flashforge/cards" });
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType("resource").flatMap(({ name }) => /flashforge\.js\?v=(\w+)/.exec(name)?.[1] ?? []),
  );
  assert.deepEqual([...new Set(loaded)], [version]);
});

test("nothing of ours was reported as an error by the browser", () => {
  assert.deepEqual(errors, []);
});
