// The cards in a real browser, on a real Home Assistant with virtual printers.
// `scripts/frontend browser` starts those, and says where they are.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const { HOME_ASSISTANT, CONTROL, CHROMIUM = "/usr/bin/chromium", PICTURES } = process.env;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const BOARD = "cards-test";
const PATIENCE = 60_000;
const OURS = [
  "flashforge-printer-card",
  "flashforge-compact-card",
  "flashforge-slots-card",
  "flashforge-camera-card",
  "flashforge-badge",
  "flashforge-controls",
  "flashforge-swatches",
];

let browser;
let page;
let printers;
const errors = [];

/** Carry out a command of the simulator's console. */
const say = async (line) => (await fetch(CONTROL, { method: "POST", body: line })).text();
const ask = (message) =>
  page.evaluate((sent) => document.querySelector("home-assistant").hass.callWS(sent), message);
const connected = () =>
  page.waitForFunction(() => document.querySelector("home-assistant")?.hass?.devices);

async function newPage(options = {}) {
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
async function board(config, view = "0") {
  await ask({ type: "lovelace/config/save", url_path: BOARD, config });
  await page.goto(`${HOME_ASSISTANT}/${BOARD}/${view}`);
  await connected();
}

const card = (type, { id }) => ({ type: `custom:flashforge-${type}`, printer: id });

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

/** Wait until a printer's card says something; the text is its shadow root's. */
const says = (printer, text, type = "flashforge-printer-card") =>
  page.waitForFunction(
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

const picture = async (name) => {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
};

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
  printers = await page.evaluate(() => {
    const { devices, entities } = document.querySelector("home-assistant").hass;
    return Object.values(devices)
      .filter(({ identifiers }) => identifiers.some(([domain]) => domain === "flashforge"))
      .map(({ id, name }) => ({
        id,
        name,
        status: Object.values(entities).find(
          ({ device_id, translation_key }) => device_id === id && translation_key === "status",
        ).entity_id,
      }));
  });
  await ask({
    type: "lovelace/dashboards/create",
    url_path: BOARD,
    title: "Cards",
    mode: "storage",
    show_in_sidebar: false,
    require_admin: false,
  });
});

after(async () => {
  await browser?.close();
});

/** The one that prints is the first of the console, whatever the registry's order is. */
const printing = async () => {
  const name = /^1 (.*?):/.exec(await say("status 1"))[1];
  const found = printers.find((printer) => printer.name === name) ?? printers.find(({ name: each }) => name.includes(each));
  assert.ok(found, name);
  return found;
};

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
      await page.evaluate(AXE);
      const found = await page.evaluate(async (tags) => {
        const all = (root, tag) => [
          ...root.querySelectorAll(tag),
          ...[...root.querySelectorAll("*")].flatMap((each) => (each.shadowRoot ? all(each.shadowRoot, tag) : [])),
        ];
        const problems = [];
        for (const element of tags.flatMap((tag) => all(document, tag))) {
          const { violations } = await window.axe.run(element, { resultTypes: ["violations"] });
          problems.push(
            ...violations.flatMap(({ id, nodes }) =>
              nodes.map(({ html, any }) => `${element.localName} ${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`),
            ),
          );
          if (element.scrollWidth > element.clientWidth + 1) problems.push(`${element.localName} is cut off`);
        }
        return problems;
      }, OURS);
      await picture(`all-${colorScheme}-${width}`);
      assert.deepEqual(found, []);
    });
  }
}

test("pause reaches the printer, and cancel only after a question", async () => {
  await page.setViewportSize({ width: 1440, height: 1000 });
  const printer = await printing();
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
  await says(printer, "Pause");
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
  const printer = await printing();
  await board({ views: [{ cards: [card("printer-card", printer), card("compact-card", printer)] }] });
  await say("error 1 E0009");
  await says(printer, "E0009");
  await picture("error");
  await say("dismiss 1");
  await say("skip 1");
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
  const printer = await printing();
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
  await old.route(new RegExp(`/${BOARD}/0`), async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/(flashforge\.js\?v=)\w+/g, "$1older");
    await route.fulfill({ response, body });
  });
  await old.goto(`${HOME_ASSISTANT}/${BOARD}/0`);
  await old.waitForSelector("flashforge-printer-card .notice >> text=Reload the page");
  await old.context().close();
});

test("nothing of ours was reported as an error by the browser", () => {
  assert.deepEqual(errors, []);
});
