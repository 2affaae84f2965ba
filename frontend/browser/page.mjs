// What every test in a real browser shares: one page on a real Home Assistant with virtual
// printers. `scripts/frontend browser` starts those, and says where they are.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before } from "node:test";
import { launch } from "./chromium.mjs";

export const { HOME_ASSISTANT, CONTROL } = process.env;
const { PICTURES } = process.env;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** How long a test waits for what has to come, in seconds; the machine may be busy. */
const PATIENCE = Number(process.env.PATIENCE ?? 120) * 1000;

/** The cards, badges and features that a test may find on its page. */
export const OURS = [
  "flashforge-printer-card",
  "flashforge-compact-card",
  "flashforge-slots-card",
  "flashforge-camera-card",
  "flashforge-files-card",
  "flashforge-badge",
  "flashforge-controls",
  "flashforge-swatches",
];

/** Errors of ours that the browser reported; a file of tests ends with a look at them. */
export const errors = [];

export let browser;
export let page;
export let printers;
let path;

/** Carry out a command of the simulator's console. */
export const say = async (line) => (await fetch(CONTROL, { method: "POST", body: line })).text();

/** Restart Home Assistant, or update the integration with more script; it runs again at the end. */
export const control = async (what, body = "") => {
  const answer = await fetch(CONTROL + what, { method: "POST", body });
  assert.ok(answer.ok, await answer.text());
};

/** The virtual printers in the order of the console; the last one waits to be added. */
export const virtual = async () => (await fetch(`${CONTROL}printers`)).json();

export const ask = (message) =>
  page.evaluate((sent) => document.querySelector("home-assistant").hass.callWS(sent), message);

export const connected = (on = page) =>
  on.waitForFunction(() => document.querySelector("home-assistant")?.hass?.devices);

/** In each page: `everywhere` finds elements inside of shadow roots as well. */
const bringEverywhere = () => {
  window.everywhere = (selector, root = document) => [
    ...root.querySelectorAll(selector),
    ...[...root.querySelectorAll("*")].flatMap(({ shadowRoot }) =>
      shadowRoot ? window.everywhere(selector, shadowRoot) : [],
    ),
  ];
};

export async function newPage(options = {}) {
  const context = await browser.newContext({
    locale: "en-US",
    viewport: { width: 1440, height: 1000 },
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript(bringEverywhere);
  const made = await context.newPage();
  made.on("pageerror", (error) => {
    if (/flashforge/.test(error.stack)) errors.push(error.stack);
  });
  made.on("console", (entry) => {
    if (entry.type() === "error" && /flashforge/i.test(entry.text() + entry.location().url)) {
      errors.push(`${entry.text()} ${entry.location().url}`);
    }
  });
  return made;
}

/**
 * Click where a text is, as a person does: once it keeps still and no other dialog is over it.
 *
 * Playwright's own click wants the element itself to be on top, but Home Assistant puts the
 * part that takes the click over the text.
 */
export async function press(text, on = page) {
  const found = on.locator(`${text} >> visible=true`).last();
  const end = performance.now() + PATIENCE;
  for (;;) {
    await found.waitFor();
    // An element that is replaced meanwhile is looked for again.
    const place = await found.evaluate(restingPlace, undefined, { timeout: 5000 }).catch(() => null);
    if (place) return on.mouse.click(place.x, place.y);
    assert.ok(performance.now() < end, `${text} cannot be clicked`);
  }
}

/** In the page: the middle of an element that keeps still and that no other dialog is over. */
async function restingPlace(element) {
  const dialogOf = (node) => {
    for (let each = node; each; each = each.assignedSlot ?? each.parentNode ?? each.host) {
      if (each.localName === "dialog") return each;
    }
    return null;
  };
  const at = (root, x, y) => {
    const hit = root.elementFromPoint(x, y);
    return (hit?.shadowRoot && hit.shadowRoot !== root && at(hit.shadowRoot, x, y)) || hit;
  };
  const middle = () => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2, width };
  };
  element.scrollIntoView({ block: "nearest" });
  const before = middle();
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  const now = middle();
  const still = element.isConnected && now.width > 0 && now.x === before.x && now.y === before.y;
  return still && dialogOf(at(document, now.x, now.y)) === dialogOf(element) ? now : null;
}

/** Save a dashboard and go to one of its views. */
export async function board(config, view = "0") {
  await ask({ type: "lovelace/config/save", url_path: path, config });
  await page.goto(`${HOME_ASSISTANT}/${path}/${view}`);
  await connected();
}

export const card = (type, { id }, more = {}) => ({ type: `custom:flashforge-${type}`, printer: id, ...more });

/** Wait until a printer's card says something; the text is its shadow root's. */
export const says = (printer, text, type = "flashforge-printer-card", on = page) =>
  on.waitForFunction(
    ([tag, name, wanted]) =>
      window
        .everywhere(tag)
        .some(({ shadowRoot }) => shadowRoot?.textContent.includes(name) && shadowRoot.textContent.includes(wanted)),
    [type, printer.name, text],
  );

/** Wait until Home Assistant has a state of an entity. */
export const state = (id, wanted) =>
  page.waitForFunction(
    ([entity, value]) => document.querySelector("home-assistant").hass?.states[entity]?.state === value,
    [id, wanted],
  );

export const picture = async (name, of = page) => {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await of.screenshot({ path: `${PICTURES}/${name}.png` });
};

/** The one that prints is the first of the console, whatever the registry's order is. */
export const printing = async () => {
  const name = /^1 (.*?):/.exec(await say("status 1"))[1];
  const found = printers.find((printer) => printer.name === name) ?? printers.find(({ name: each }) => name.includes(each));
  assert.ok(found, name);
  return found;
};

/** Let the first printer print, whatever it did before, and return it. */
export async function begin() {
  const printer = await printing();
  let now = await say("status 1");
  if (/\bheating,/.test(now)) now = await say("skip 1");
  if (!/\bprinting,/.test(now)) {
    for (const line of ["dismiss", "cancel"]) await say(`${line} 1`);
    while (/\bcanceling,/.test(await say("status 1"))) await page.waitForTimeout(200);
    for (const line of ["clear", "print", "skip"]) await say(`${line} 1`);
  }
  return printer;
}

/** Let the first printer end its print, also while it still heats for it. */
export async function finish() {
  while (/\b(heating|printing),/.test(await say("skip 1"))) await page.waitForTimeout(200);
}

/** Let a page have axe. */
export async function bringAxe(on = page) {
  if (!(await on.evaluate(() => !!window.axe))) await on.evaluate(AXE);
}

/** Return what axe finds in our elements, and which of them are cut off. */
export async function faults(tags = OURS, on = page) {
  await bringAxe(on);
  return on.evaluate(async (wanted) => {
    const problems = [];
    for (const element of wanted.flatMap((tag) => window.everywhere(tag))) {
      const { violations } = await window.axe.run(element, { resultTypes: ["violations"] });
      problems.push(
        ...violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, any }) => `${element.localName} ${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`),
        ),
      );
      if (element.scrollWidth > element.clientWidth + 1) problems.push(`${element.localName} is cut off`);
    }
    return problems;
  }, tags);
}

const REST = "config/config_entries";

/**
 * Wait until the last virtual printer is discovered, and return it with its dialog's id.
 *
 * Other demos on this machine are found as well, and there is room for some dialogs only.
 */
export async function discovered() {
  const all = await virtual();
  const waiting = all.at(-1);
  const end = performance.now() + PATIENCE;
  // Playwright's own waiting takes the promise of a look for its answer.
  for (;;) {
    const flow = await page.evaluate(lookForFlow, [waiting.serial, all.map(({ serial }) => serial), REST]);
    if (flow) return { ...waiting, flow };
    assert.ok(performance.now() < end, `${waiting.name} is not discovered`);
    await page.waitForTimeout(1000);
  }
}

/** In the page: the dialog of a printer that was discovered; the network is searched if there is none. */
async function lookForFlow([wanted, own, rest]) {
  const { hass } = document.querySelector("home-assistant");
  const abort = (id) => hass.callApi("DELETE", `${rest}/flow/${id}`).catch(() => undefined);
  const flows = (await hass.callWS({ type: "config_entries/flow/progress" })).filter(
    ({ handler, context }) => handler === "flashforge" && context.unique_id,
  );
  for (const { flow_id, context } of flows) if (!own.includes(context.unique_id)) await abort(flow_id);
  const found = flows.find(({ context }) => context.unique_id === wanted);
  // "Add integration" searches the network.
  if (!found) await abort((await hass.callApi("POST", `${rest}/flow`, { handler: "flashforge" })).flow_id);
  return found?.flow_id;
}

/** Add the printer that waits, without a click, and return it. */
export async function add() {
  const { name, checkCode, flow } = await discovered();
  await page.evaluate(
    ([path, code]) => document.querySelector("home-assistant").hass.callApi("POST", path, { check_code: code }),
    [`${REST}/flow/${flow}`, checkCode],
  );
  let added;
  while (!(added = (await find()).find((printer) => printer.name === name))) await page.waitForTimeout(200);
  return added;
}

/** Remove a printer by its name; it is offered again. */
export const remove = (name) =>
  page.evaluate(
    async ([wanted, rest]) => {
      const { hass } = document.querySelector("home-assistant");
      const { devices } = hass;
      const device = Object.values(devices).find((each) => each.name === wanted);
      if (device) await hass.callApi("DELETE", `${rest}/entry/${device.primary_config_entry}`);
    },
    [name, REST],
  );

const find = () =>
  page.evaluate(() => {
    const { devices, entities } = document.querySelector("home-assistant").hass;
    return Object.values(devices)
      .filter(({ identifiers }) => identifiers.some(([domain]) => domain === "flashforge"))
      .map(({ id, name, model }) => ({
        id,
        name,
        model,
        status: Object.values(entities).find(
          ({ device_id, translation_key }) => device_id === id && translation_key === "status",
        ).entity_id,
      }));
  });

/** Open the browser for a file of tests, with a dashboard of its own that ends with it. */
export function open(name) {
  path = `test-${name}`;
  let dashboard;
  before(async () => {
    // A page that a test changed counts as a foreign one, which may not come here.
    browser = await launch("--disable-features=LocalNetworkAccessChecks");
    page = await newPage();
    await page.goto(HOME_ASSISTANT);
    await connected();
    printers = await find();
    dashboard = await ask({
      type: "lovelace/dashboards/create",
      url_path: path,
      title: name,
      mode: "storage",
      show_in_sidebar: false,
      require_admin: false,
    });
  });
  // How the page looked at the end of a test tells most about one that failed.
  afterEach((test) => picture(`${name} ${test.name.replace(/\W+/g, "-").slice(0, 60)}`));
  after(async () => {
    try {
      await page.goto(HOME_ASSISTANT);
      await connected();
      if (dashboard) await ask({ type: "lovelace/dashboards/delete", dashboard_id: dashboard.id });
    } finally {
      await browser?.close();
    }
  });
}
