// Takes the pictures of the README and the docs: node screenshots.mjs FOLDER MINUTES
// (called by scripts/screenshots, beside a demo that says where it is).

import { setTimeout as pass } from "node:timers/promises";
import { launch } from "../frontend/browser/chromium.mjs";

const { HOME_ASSISTANT, CONTROL } = process.env;
const [folder, minutes] = process.argv.slice(2);

const PATIENCE = 60_000;
/** In so many milliseconds Home Assistant has seen what a printer does. */
const SEEN = 20_000;
const MADE = "3d-printers";
const [AD5X, CREATOR, PRO, PLAIN] = [1, 2, 3, 4];

async function say(line) {
  const answer = await fetch(CONTROL, { method: "POST", body: line });
  const text = (await answer.text()).trim();
  console.log(text);
  return text;
}

/** A printer prints a file to its end, slowly enough for Home Assistant to see each step. */
async function printed(number, file) {
  for (const command of ["clear", `print ${number} ${file}`, "skip", "skip"]) {
    await say(/ /.test(command) ? command : `${command} ${number}`);
    await pass(SEEN);
  }
}

/** One printer has printed, cools down and prints again; one prints, one is done, one is off. */
async function stage() {
  await say(`cancel ${AD5X}`);
  await say(`off ${PLAIN}`);
  await pass(SEEN);
  await printed(AD5X, "multi_color_test.3mf");
  await printed(AD5X, "single_direct.gcode");
  await printed(PRO, "Benchy_PLA_41m.gcode");
  await pass(minutes * 60_000 * 0.1);
  await say(`clear ${AD5X}`);
  await say(`print ${AD5X} FISH_PLA.3mf`);
  await say(`print ${CREATOR} benchy.gcode.3mf`);
  await pass(minutes * 60_000 * 0.9);
}

/** What "Add dashboard" takes: three clicks. */
async function makeDashboard(page) {
  await page.goto(`${HOME_ASSISTANT}/config/lovelace/dashboards`);
  await page.click("text=Add dashboard");
  await page.click("dashboard-card:has-text('All printers, and a view for each')");
  await page.click("ha-button:has-text('Create')");
  await page.waitForFunction(
    (path) => document.querySelector("home-assistant").hass.panels[path],
    MADE,
  );
}

const device = (page) =>
  page.evaluate(() => {
    const { devices } = document.querySelector("home-assistant").hass;
    const ours = ({ identifiers }) => identifiers.some(([domain]) => domain === "flashforge");
    return Object.values(devices).find((each) => ours(each) && each.model === "AD5X").id;
  });

/** Return where the lowest one ends. */
const bottom = async (locator) => {
  const boxes = await Promise.all((await locator.all()).map((each) => each.boundingBox()));
  return Math.ceil(Math.max(...boxes.map(({ y, height }) => y + height)));
};

const PICTURES = {
  farm: {
    path: () => `/${MADE}/farm`,
    width: 1200,
    ready: (page) => page.waitForSelector("flashforge-farm-card .loaded"),
    end: (page) => bottom(page.locator("flashforge-farm-card")),
  },
  dashboard: {
    path: async (page) => `/${MADE}/printer-${(await device(page)).slice(-12)}`,
    width: 1200,
    ready: async (page) => {
      await page.waitForSelector("flashforge-printer-card .picture img");
      await page.waitForSelector("flashforge-camera-card img");
      await page.waitForSelector("hui-history-graph-card canvas");
    },
    // What is written over the picture hides when nobody moves there.
    last: (page) => page.hover("flashforge-camera-card .frame", { position: { x: 20, y: 20 } }),
    end: (page) => bottom(page.locator("hui-section")),
  },
  device: {
    path: async (page) => `/config/devices/device/${await device(page)}`,
    width: 1200,
    ready: (page) => page.waitForSelector("ha-device-entities-card >> nth=1"),
    end: (page) => bottom(page.locator("ha-device-entities-card").nth(1)),
  },
};

const browser = await launch(
  "--disable-background-networking",
  "--disable-component-update",
  // The pictures need nothing from elsewhere, so nothing else is even asked.
  `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${new URL(HOME_ASSISTANT).hostname}`,
);
try {
  const context = await browser.newContext({ colorScheme: "light", locale: "en-US" });
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript(() => localStorage.setItem("dockedSidebar", '"always_hidden"'));
  const page = await context.newPage();
  await page.goto(HOME_ASSISTANT);
  await page.waitForFunction(() => document.querySelector("home-assistant")?.hass?.devices);
  await stage();
  await makeDashboard(page);
  for (const [name, { path, width, ready, end, last }] of Object.entries(PICTURES)) {
    // High enough for everything; what is below the end is cut off.
    await page.setViewportSize({ width, height: 3000 });
    await page.goto(HOME_ASSISTANT + (await path(page)));
    await ready(page);
    // Tiles and dialogs slide in; what moves on purpose moves for longer than this.
    await page.waitForTimeout(4000);
    await last?.(page);
    await page.waitForTimeout(1000);
    const height = (await end(page)) + 12;
    await page.screenshot({ path: `${folder}/${name}.png`, clip: { x: 0, y: 0, width, height } });
    console.log(`${folder}/${name}.png`);
  }
} finally {
  await browser.close();
}
