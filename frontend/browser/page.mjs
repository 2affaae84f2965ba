// What every test in a real browser shares: one page on a real Home Assistant with virtual
// printers. `scripts/frontend browser` starts those, and says where they are.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

export const { HOME_ASSISTANT, CONTROL } = process.env;
const { CHROMIUM = "/usr/bin/chromium", PICTURES } = process.env;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PATIENCE = Number(process.env.PATIENCE ?? 60_000);

/** The cards, badges and features that a test may find on its page. */
export const OURS = [
  "flashforge-printer-card",
  "flashforge-compact-card",
  "flashforge-slots-card",
  "flashforge-camera-card",
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

export const ask = (message) =>
  page.evaluate((sent) => document.querySelector("home-assistant").hass.callWS(sent), message);

export const connected = (on = page) =>
  on.waitForFunction(() => document.querySelector("home-assistant")?.hass?.devices);

export async function newPage(options = {}) {
  const context = await browser.newContext({
    locale: "en-US",
    viewport: { width: 1440, height: 1000 },
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  const made = await context.newPage();
  made.on("pageerror", (error) => {
    if (/flashforge/.test(error.stack)) errors.push(error.stack);
  });
  made.on("console", (entry) => {
    if (entry.type() === "error" && /flashforge/i.test(entry.text() + entry.location().url)) {
      errors.push(entry.text());
    }
  });
  return made;
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
    ([tag, name, wanted]) => {
      const all = (root) => [
        ...root.querySelectorAll(tag),
        ...[...root.querySelectorAll("*")].flatMap((each) => (each.shadowRoot ? all(each.shadowRoot) : [])),
      ];
      return all(document).some(
        ({ shadowRoot }) => shadowRoot?.textContent.includes(name) && shadowRoot.textContent.includes(wanted),
      );
    },
    [type, printer.name, text],
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

/** Return what axe finds in our elements, and which of them are cut off. */
export async function faults(tags = OURS, on = page) {
  await on.evaluate(AXE);
  return on.evaluate(async (wanted) => {
    const all = (root, tag) => [
      ...root.querySelectorAll(tag),
      ...[...root.querySelectorAll("*")].flatMap((each) => (each.shadowRoot ? all(each.shadowRoot, tag) : [])),
    ];
    const problems = [];
    for (const element of wanted.flatMap((tag) => all(document, tag))) {
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
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-sync",
        // A page that a test changed counts as a foreign one, which may not come here.
        "--disable-features=LocalNetworkAccessChecks",
      ],
    });
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
  after(async () => {
    try {
      if (dashboard) await ask({ type: "lovelace/dashboards/delete", dashboard_id: dashboard.id });
    } finally {
      await browser?.close();
    }
  });
}
