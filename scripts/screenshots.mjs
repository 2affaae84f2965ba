// Takes the pictures of the README: node screenshots.mjs ADDRESS FOLDER
// (called by scripts/screenshots, which says where the browser and playwright-core are).

const { chromium } = await import(process.env.PLAYWRIGHT);
const [address, folder] = process.argv.slice(2);

const PATIENCE = 60_000;
const host = new URL(address).hostname;

// The page's own pictures have to be there; nothing else is worth waiting for.
const camera = "hui-picture-entity-card hui-image img";

const PICTURES = {
  dashboard: {
    path: "/",
    size: { width: 1440, height: 960 },
    ready: async (page) => {
      await page.waitForSelector("hui-tile-card ha-tile-info");
      await page.waitForFunction(pictureIsThere, camera);
      await page.waitForSelector("hui-history-graph-card canvas");
    },
  },
  device: {
    path: async (page) => `/config/devices/device/${await page.evaluate(firstDevice)}`,
    size: { width: 1440, height: 1100 },
    ready: (page) => page.waitForSelector("ha-device-entities-card"),
  },
};

function pictureIsThere(selector) {
  const deep = (root) => [
    ...root.querySelectorAll("img"),
    ...[...root.querySelectorAll("*")]
      .filter((element) => element.shadowRoot)
      .flatMap((element) => deep(element.shadowRoot)),
  ];
  return deep(document).some((image) => image.naturalWidth > 300);
}

function firstDevice() {
  const { devices } = document.querySelector("home-assistant").hass;
  return Object.values(devices).find((device) =>
    device.identifiers.some(([domain]) => domain === "flashforge"),
  ).id;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // The pictures need nothing from elsewhere, so nothing else is even asked.
    `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${host}`,
  ],
});
try {
  const context = await browser.newContext({ colorScheme: "light", locale: "en-US" });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector("home-assistant")?.hass?.devices);
  for (const [name, { path, size, ready }] of Object.entries(PICTURES)) {
    await page.setViewportSize(size);
    await page.goto(address + (typeof path === "string" ? path : await path(page)));
    await ready(page);
    // Tiles and dialogs slide in; what moves on purpose moves for longer than this.
    await page.waitForTimeout(2500);
    await page.screenshot({ path: `${folder}/${name}.png` });
    console.log(`${folder}/${name}.png`);
  }
} finally {
  await browser.close();
}
