// Everything without a mouse, in both directions; `scripts/frontend browser` runs it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { OURS, begin, board, card, errors, faults, finish, open, page, picture, printers, says } from "./page.mjs";

open("access");

const ALL = [...OURS, "flashforge-farm-card", "flashforge-history-card", "flashforge-files-card"];

const withSlots = () => printers.find(({ model }) => /AD5X/.test(model));

const everything = (printer) => ({
  views: [
    {
      type: "sections",
      max_columns: 3,
      badges: [card("badge", printer)],
      sections: [
        { type: "grid", cards: [card("printer-card", printer), card("compact-card", printer)] },
        {
          type: "grid",
          cards: [
            card("slots-card", withSlots()),
            {
              type: "tile",
              entity: printer.status,
              features: [{ type: "custom:flashforge-controls" }, { type: "custom:flashforge-swatches" }],
            },
            card("history-card", printer),
            card("files-card", printer),
          ],
        },
        { type: "grid", cards: [card("camera-card", printer), { type: "custom:flashforge-farm-card" }] },
      ],
    },
  ],
});

/** Walk down to what has the focus, and tell of it. */
const focused = () =>
  page.evaluate(() => {
    let element = document.activeElement;
    const hosts = [];
    while (element?.shadowRoot?.activeElement) {
      hosts.push(element.localName);
      element = element.shadowRoot.activeElement;
    }
    if (!element) return undefined;
    const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    // An ancestor that cuts what is outside of it would hide the ring.
    const room = (parseFloat(outlineWidth) || 0) + (parseFloat(outlineOffset) || 0);
    let cut = false;
    for (let at = element; at; at = at.assignedSlot ?? at.parentElement ?? at.getRootNode().host) {
      if (at === element || !at.localName || getComputedStyle(at).overflow !== "hidden") continue;
      const around = at.getBoundingClientRect();
      cut ||=
        box.left - room < around.left - 1 ||
        box.right + room > around.right + 1 ||
        box.top - room < around.top - 1 ||
        box.bottom + room > around.bottom + 1;
      if (at.localName === "ha-card") break;
    }
    return {
      ours: hosts.find((name) => name.startsWith("flashforge-")),
      text: (element.getAttribute("aria-label") ?? element.textContent).replace(/\s+/g, " ").trim(),
      name: element.localName,
      ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
      cut,
    };
  });

/** Put the focus on a button of ours, as Tab does. */
async function reach(selector) {
  await page.locator(selector).first().focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
}

test("Tab reaches every control, each has a name and a ring that is seen", async () => {
  await page.setViewportSize({ width: 1440, height: 1400 });
  const printer = await begin();
  await board(everything(printer));
  await says(printer, "Pause");
  await page.waitForSelector("flashforge-farm-card flashforge-compact-card");
  await page.waitForSelector("flashforge-history-card ha-card");
  const wanted = await page.evaluate((tags) => {
    const controls = window.everywhere("button:not([disabled]), select, a[href]");
    return controls.filter((each) => tags.includes(each.getRootNode().host?.localName)).length;
  }, ALL);
  assert.ok(wanted > 20, String(wanted));
  const problems = [];
  let seen = 0;
  for (let step = 0; step < 250 && seen < wanted; step += 1) {
    await page.keyboard.press("Tab");
    const now = await focused();
    if (!now?.ours) continue;
    seen += 1;
    if (!now.text) problems.push(`${now.ours} ${now.name} has no name`);
    if (!now.ring) problems.push(`${now.ours} "${now.text}" has no ring`);
    if (now.cut) problems.push(`${now.ours} "${now.text}" has a ring that is cut off`);
  }
  await picture("ring");
  assert.deepEqual(problems, []);
  assert.equal(seen, wanted);
});

test("Enter and Space act, and the focus stays where it was", async () => {
  const printer = await begin();
  await board({ views: [{ cards: [card("printer-card", printer)] }] });
  await says(printer, "Pause");
  await reach("flashforge-printer-card .buttons button:has-text('Pause')");
  await page.keyboard.press("Enter");
  await says(printer, "Paused");
  assert.equal((await focused()).text, "Resume");
  await page.keyboard.press("Space");
  await says(printer, "Printing");
  assert.equal((await focused()).text, "Pause");

  // A question takes the focus and gives it back.
  await reach("flashforge-printer-card .buttons button:has-text('Cancel')");
  await page.keyboard.press("Space");
  await page.waitForSelector("dialog-box >> text=Cancel this print?");
  await page.click('dialog-box >> text="No"');
  await page.waitForSelector("dialog-box >> text=Cancel this print?", { state: "detached" });
  await page.waitForFunction(() => document.activeElement?.localName === "home-assistant");
  assert.equal((await focused()).text, "Cancel");

  // What is pressed and goes away leaves the focus in its card.
  await finish();
  await says(printer, "Plate is clear");
  await reach("flashforge-printer-card .buttons button:has-text('Plate is clear')");
  await page.keyboard.press("Enter");
  await says(printer, "Idle");
  await page.waitForSelector("flashforge-printer-card button:has-text('Plate is clear')", { state: "detached" });
  assert.equal((await focused()).ours, "flashforge-printer-card");
});

test("slots and past prints open and close by keyboard", async () => {
  await board({ views: [{ cards: [card("slots-card", withSlots())] }] });
  await page.waitForSelector("flashforge-slots-card .spool");
  await reach("flashforge-slots-card .spool");
  await page.keyboard.press("Enter");
  await page.waitForSelector("flashforge-slots-card .spool[aria-expanded=true]");
  await page.keyboard.press("Space");
  await page.waitForSelector("flashforge-slots-card .spool[aria-expanded=false]");
  await board({ views: [{ cards: [{ type: "custom:flashforge-history-card" }] }] });
  await page.waitForSelector("flashforge-history-card .row");
  await reach("flashforge-history-card .row");
  await page.keyboard.press("Enter");
  await page.waitForSelector("flashforge-history-card .row[aria-expanded=true]");
  await page.keyboard.press("Tab");
  assert.equal((await focused()).text, "Print again");
});

test("nothing moves for those who do not want it", async () => {
  const printer = await begin();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await board(everything(printer));
  await page.waitForSelector("flashforge-printer-card .bar");
  const moving = () =>
    page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ effect }) => effect?.target?.getRootNode().host?.localName.startsWith("flashforge-"))
        .map(({ effect }) => effect.target.className),
    );
  assert.deepEqual(await moving(), []);
  await page.emulateMedia({ reducedMotion: "no-preference" });
});

/** Where the icon of a printer's card is, seen from the card's edges. */
const places = () =>
  page.evaluate(() => {
    const root = window.everywhere("flashforge-printer-card")[0].shadowRoot;
    const outside = root.querySelector("ha-card").getBoundingClientRect();
    const inside = root.querySelector(".name ha-icon").getBoundingClientRect();
    return { left: inside.left - outside.left, right: outside.right - inside.right };
  });

/** How far the name of a compact card is from its icon. */
const gap = () =>
  page.evaluate(() => {
    const root = window.everywhere("flashforge-compact-card")[0].shadowRoot;
    const icon = root.querySelector(".top ha-icon").getBoundingClientRect();
    const text = document.createRange();
    text.selectNodeContents(root.querySelector(".top .name"));
    const name = text.getBoundingClientRect();
    return Math.max(icon.left, name.left) - Math.min(icon.right, name.right);
  });

const speak = (language) =>
  page.evaluate((chosen) => localStorage.setItem("selectedLanguage", JSON.stringify(chosen)), language);

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 390]) {
    test(`from right to left, ${colorScheme}, ${width} px wide`, async () => {
      const printer = await begin();
      await page.setViewportSize({ width, height: 1400 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await speak("en");
      await board(everything(printer));
      await says(printer, "Pause");
      const before = await places();
      await speak("he");
      await board(everything(printer));
      await page.waitForFunction(() => document.dir === "rtl");
      await says(printer, "Pause");
      const after = await places();
      assert.ok((await gap()) < 20);
      await picture(`rtl-${colorScheme}-${width}`);
      await speak("en");
      assert.ok(before.left < before.right);
      assert.ok(Math.abs(after.right - before.left) < 2, JSON.stringify([before, after]));
      assert.deepEqual(await faults(ALL), []);
    });
  }
}

test("nothing of ours was reported as an error by the browser", () => {
  assert.deepEqual(errors, []);
});
