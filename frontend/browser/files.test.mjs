// Files in a real browser: choosing, correcting, printing, and sending one from this device.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, board, card, errors, faults, newPage, open, page, picture, printers, say, says } from "./page.mjs";

open("files");

const DIALOG = "flashforge-print-dialog";
const DARK = { colorScheme: "dark", reducedMotion: "reduce" };
const LIGHT = { colorScheme: "light", reducedMotion: "reduce" };

/** Return a printer by its model, with its number on the simulator's console. */
async function byModel(model) {
  const printer = printers.find((each) => each.model === model);
  for (let number = 1; ; number += 1) {
    const line = await say(`status ${number}`);
    if (line.startsWith(`${number} ${printer.name}:`)) return { ...printer, number };
    assert.ok(line.startsWith(`${number} `), `${model} is not on the console: ${line}`);
  }
}

/** Show a printer's card, and open the dialog with its button. */
async function dialogOf(printer, type = "printer-card") {
  await board({ views: [{ cards: [card(type, printer)] }] });
  await page.click(`flashforge-${type} button:has-text("Print…")`);
  await page.waitForSelector(`${DIALOG} [role=tab]`);
}

const text = (selector) => page.locator(`${DIALOG} ${selector}`);
const closed = () => page.waitForFunction((tag) => !document.querySelector("home-assistant").shadowRoot.querySelector(tag)?.shadowRoot.querySelector("[role=tab], .about, .progress"), DIALOG);
const state = async (printer, wanted) => {
  const end = Date.now() + 60_000;
  for (;;) {
    const line = await say(`status ${printer.number}`);
    if (wanted.test(line)) return line;
    assert.ok(Date.now() < end, `${line} never matched ${wanted}`);
    await new Promise((done) => setTimeout(done, 200));
  }
};

/** Choose a file of this device. */
const pick = (name, content) =>
  page.setInputFiles(`${DIALOG} input[type=file]`, { name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });

const GCODE = `; a small print\nG28\nG1 X10 Y10 F3000\n`;

test("a stored file is chosen, a slot is corrected, and the printer prints", async () => {
  const printer = await byModel("Creator 5 Pro");
  await page.emulateMedia(LIGHT);
  await dialogOf(printer);
  await page.waitForFunction(
    (tag) => {
      const images = [...document.querySelector("home-assistant").shadowRoot.querySelector(tag).shadowRoot.querySelectorAll("img")];
      return images.length > 1 && images.every((image) => image.complete && image.naturalWidth > 0);
    },
    DIALOG,
  );
  await picture("files-printer");
  assert.deepEqual(await faults([DIALOG]), []);
  await page.fill(`${DIALOG} input[type=search]`, "BENCHY");
  assert.equal(await text(".tile").count(), 1);
  await page.click(`${DIALOG} .tile`);
  const slots = text("select");
  await slots.first().waitFor();
  assert.equal(await slots.count(), 2);
  assert.match(await text(".tool").first().innerText(), /Needs PLA Yellow 4\.0 g/);
  const [one, other] = [await slots.nth(0).inputValue(), await slots.nth(1).inputValue()];
  await slots.nth(0).selectOption(other);
  await page.waitForSelector(`${DIALOG} .main:not([disabled])`);
  await slots.nth(1).selectOption(other);
  await page.waitForSelector(`${DIALOG} small.wrong >> text=was chosen for both tool 1 and tool 2`);
  assert.ok(await text(".main").isDisabled());
  await picture("files-mismatch");
  assert.deepEqual(await faults([DIALOG]), []);
  await slots.nth(1).selectOption(one);
  await page.waitForSelector(`${DIALOG} .main:not([disabled])`);
  await picture("files-options");
  await page.click(`${DIALOG} .main`);
  await closed();
  assert.match(await state(printer, /benchy\.gcode\.3mf/), /starting|heating|calibrating|printing/);
  await says(printer, "benchy.gcode.3mf");
});

test("while it prints, the dialog says why nothing can be started", async () => {
  const printer = await byModel("Creator 5 Pro");
  await board({ views: [{ cards: [card("files-card", printer)] }] });
  await page.click(`flashforge-files-card .tile`);
  await page.waitForSelector(`${DIALOG} .notice >> text=not ready to print`);
  assert.ok(await text(".main").isDisabled());
  await page.keyboard.press("Escape");
  await closed();
  await say(`cancel ${printer.number}`);
  await state(printer, /ready|cancel/);
});

test("a plate that is not clear is cleared in the dialog", async () => {
  const printer = await byModel("Adventurer 5M Pro");
  await say(`print ${printer.number}`);
  await say(`skip ${printer.number}`);
  await say(`skip ${printer.number}`);
  await dialogOf(printer);
  await page.click(`${DIALOG} .tile`);
  await page.click(`${DIALOG} .notice button:has-text("Plate is clear")`);
  await page.waitForSelector(`${DIALOG} .main:not([disabled])`);
  assert.equal(await text(".notice").count(), 0);
  assert.equal(await text(".option").count(), 1);
  await page.keyboard.press("Escape");
  await closed();
});

test("a file of the media folders is found and checked", async () => {
  const printer = await byModel("Adventurer 5M Pro");
  await dialogOf(printer);
  await page.click(`${DIALOG} [role=tab] >> text=Media`);
  await page.waitForSelector(`${DIALOG} .tile:has-text("cable_clip.gcode") >> text=10 min · 2.4 g`);
  await page.waitForSelector(`${DIALOG} .tile:has-text("vase.3mf") img[src^="data:image/"]`);
  await picture("files-media");
  assert.deepEqual(await faults([DIALOG]), []);
  await page.click(`${DIALOG} .tile >> text=cable_clip.gcode`);
  await page.waitForSelector(`${DIALOG} .about >> text=10 min · 2.4 g`);
  await page.click(`${DIALOG} button:has-text("Only upload")`);
  await closed();
  assert.match(await say(`files ${printer.number}`), /cable_clip\.gcode/);
});

test("a file of this device is sent with progress, stopped, sent again, and printed", async () => {
  const printer = await byModel("Adventurer 5M Pro");
  await dialogOf(printer);
  await page.focus(`${DIALOG} [role=tab][aria-selected=true]`);
  await page.keyboard.press("ArrowLeft");
  await page.waitForSelector(`${DIALOG} .drop`);
  await picture("files-device");
  assert.deepEqual(await faults([DIALOG]), []);
  await pick("part.stl", "solid");
  await page.waitForSelector(`${DIALOG} .notice >> text=is not a file that this printer takes`);

  const network = await page.context().newCDPSession(page);
  const limit = (bytes) =>
    network.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytes });
  await network.send("Network.enable");
  await limit(200_000);
  const large = GCODE + "G1 X20 Y20 E0.5\n".repeat(250_000);
  await pick("slow.gcode", large);
  await page.waitForFunction((tag) => {
    const bar = document.querySelector("home-assistant").shadowRoot.querySelector(tag).shadowRoot.querySelector("[role=progressbar]");
    const percent = Number(bar?.ariaValueNow ?? bar?.getAttribute("aria-valuenow"));
    return percent > 0 && percent < 100;
  }, DIALOG);
  await picture("files-sending");
  await page.click(`${DIALOG} button:has-text("Cancel upload")`);
  await page.waitForSelector(`${DIALOG} .drop`);
  assert.equal(await text(".notice").count(), 0);
  await limit(-1);

  await pick("slow.gcode", large);
  await page.waitForSelector(`${DIALOG} .main:not([disabled])`);
  await say(`fault ${printer.number} slow_upload`);
  await page.click(`${DIALOG} .main`);
  await page.waitForSelector(`${DIALOG} .progress >> text=Uploading slow.gcode`);
  await page.waitForFunction((tag) => {
    const bar = document.querySelector("home-assistant").shadowRoot.querySelector(tag).shadowRoot.querySelector("[role=progressbar]");
    return Number(bar?.getAttribute("aria-valuenow")) > 0;
  }, DIALOG);
  await picture("files-uploading");
  await page.click(`${DIALOG} button:has-text("Cancel upload")`);
  await page.waitForSelector(`${DIALOG} .notice >> text=The upload was canceled`);
  await say(`fault ${printer.number} clear`);
  // The file was not sent to Home Assistant a second time.
  await page.waitForSelector(`${DIALOG} .main:not([disabled])`);
  await page.click(`${DIALOG} .main`);
  await closed();
  await state(printer, /slow\.gcode/);
  await say(`cancel ${printer.number}`);
});

test("an upload shows on the card of the printer, with its file, its percent and a way to stop it", async () => {
  const printer = await byModel("Adventurer 5M Pro");
  await state(printer, /ready|cancel/);
  await say(`clear ${printer.number}`);
  await say(`fault ${printer.number} slow_upload`);
  await dialogOf(printer);
  await page.click(`${DIALOG} [role=tab] >> text=From this device`);
  await pick("seen.gcode", GCODE + "G1 X20 Y20 E0.5\n".repeat(250_000));
  await page.click(`${DIALOG} button:has-text("Only upload"):not([disabled])`);
  await page.waitForSelector(`${DIALOG} .progress >> text=Uploading seen.gcode`);
  await page.keyboard.press("Escape");
  await closed();
  await says(printer, "Uploading seen.gcode");
  await picture("files-card-uploading");
  await page.click("flashforge-printer-card button:has-text('Cancel upload')");
  await page.waitForSelector("notification-manager >> text=The upload was canceled");
  await say(`fault ${printer.number} clear`);
});

for (const [name, media, width] of [
  ["dark-1440", DARK, 1440],
  ["dark-390", DARK, 390],
  ["light-390", LIGHT, 390],
]) {
  test(`the dialog and the card are sound, ${name}`, async () => {
    const printer = await byModel("Creator 5 Pro");
    await say(`clear ${printer.number}`);
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia(media);
    await board({ views: [{ cards: [card("files-card", printer)] }] });
    await page.waitForSelector("flashforge-files-card .title");
    assert.deepEqual(await faults(["flashforge-files-card"]), []);
    await picture(`files-card-${name}`);
    await page.click("flashforge-files-card .tile >> nth=1");
    await page.waitForSelector(`${DIALOG} select`);
    await picture(`files-second-${name}`);
    assert.deepEqual(await faults([DIALOG]), []);
    await page.click(`${DIALOG} .back`);
    await page.waitForSelector(`${DIALOG} .title`);
    await picture(`files-first-${name}`);
    assert.deepEqual(await faults([DIALOG]), []);
    for (const selector of ["button", "select", "input[type=search]"]) {
      for (const target of await text(selector).all()) {
        assert.ok((await target.boundingBox()).height >= 40, await target.innerText());
      }
    }
  });
}

test("the focus goes into the dialog, moves with its pages, and comes back to the button", async () => {
  const printer = await byModel("Creator 5 Pro");
  await page.setViewportSize({ width: 1440, height: 1000 });
  await board({ views: [{ cards: [card("printer-card", printer)] }] });
  await page.focus("flashforge-printer-card button:has-text('Print…')");
  await page.keyboard.press("Enter");
  await page.waitForSelector(`${DIALOG} .tile`);
  await page.focus(`${DIALOG} .tile`);
  await page.keyboard.press("Enter");
  await page.waitForSelector(`${DIALOG} .back:focus`);
  await page.keyboard.press("Enter");
  await page.waitForSelector(`${DIALOG} [role=tab]:focus`);
  for (let turn = 0; turn < 12; turn += 1) {
    await page.keyboard.press("Tab");
    const inside = await page.evaluate((tag) => {
      let active = document.activeElement;
      const way = [];
      for (; active; active = active.shadowRoot?.activeElement) way.push(active.localName);
      return way.includes(tag) || way.at(-1) === "body";
    }, DIALOG);
    assert.ok(inside);
  }
  await page.keyboard.press("Escape");
  await closed();
  await page.waitForSelector("flashforge-printer-card button:has-text('Print…'):focus");
});

test("without Home Assistant's dialog there is a plain one", async () => {
  const printer = await byModel("Creator 5 Pro");
  await board({ views: [{ cards: [card("printer-card", printer)] }] });
  await page.evaluate(() => {
    const get = customElements.get.bind(customElements);
    customElements.get = (name) => (name === "ha-dialog" ? undefined : get(name));
  });
  await page.click("flashforge-printer-card button:has-text('Print…')");
  await page.waitForSelector(`${DIALOG} dialog[open] .tile`);
  await picture("files-plain");
  await page.click(`${DIALOG} header button`);
  await closed();
});

test("who may not control the printer gets a refusal and nothing else", async () => {
  const printer = await byModel("Creator 5 Pro");
  const { user } = await ask({ type: "config/auth/create", name: "Guest", group_ids: ["system-read-only"], local_only: false });
  await ask({ type: "config/auth_provider/homeassistant/create", user_id: user.id, username: "guest", password: "look only" });
  const guest = await newPage({ serviceWorkers: "block" });
  try {
    await board({ views: [{ cards: [card("printer-card", printer)] }] });
    const address = page.url();
    const home = new URL(address).origin;
    const flow = async (path, body) =>
      (await fetch(`${home}${path}`, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) , headers: typeof body === "string" ? { "Content-Type": "application/x-www-form-urlencoded" } : {} })).json();
    const { flow_id } = await flow("/auth/login_flow", { client_id: `${home}/`, handler: ["homeassistant", null], redirect_uri: `${home}/` });
    const { result } = await flow(`/auth/login_flow/${flow_id}`, { client_id: `${home}/`, username: "guest", password: "look only" });
    const tokens = await flow("/auth/token", `grant_type=authorization_code&code=${result}&client_id=${encodeURIComponent(`${home}/`)}`);
    await guest.addInitScript(
      ([stored]) => localStorage.setItem("hassTokens", stored),
      [JSON.stringify({ ...tokens, hassUrl: home, clientId: `${home}/`, expires: Date.now() + 1_000_000 })],
    );
    await guest.goto(address);
    await guest.click("flashforge-printer-card button:has-text('Print…')");
    await guest.waitForSelector(`${DIALOG} >> text=You are not allowed to control`);
    assert.equal(await guest.locator(`${DIALOG} [role=tab]`).count(), 0);
    await picture("files-refused", guest);
  } finally {
    await guest.context().close();
    await ask({ type: "config/auth/delete", user_id: user.id });
  }
});

test("nothing of ours was reported as an error by the browser", () => {
  // A file without a picture has none to load.
  assert.deepEqual(errors.filter((error) => !/404/.test(error)), []);
});
