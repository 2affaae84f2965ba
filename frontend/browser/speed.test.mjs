// How much the cards cost: bytes, time to the first paint, renders, and 30 printers at once.
// Times are printed and not judged, since they are the machine's; counts are.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { HOME_ASSISTANT, begin, board, card, connected, errors, open, page, picture, says } from "./page.mjs";

const SCRIPT = new URL("../../custom_components/flashforge/frontend/flashforge.js", import.meta.url);
const MOST_BYTES = 30 * 1024;
const FARM = 30;
const CHANGES = 60;
/** Nodes of a compact card, and of the farm around them; twice as many as there are now. */
const MOST_NODES = 80;
const CARDS = ["printer-card", "compact-card", "slots-card", "camera-card"];

open("speed");

/** In the page: count what each of our elements renders from now on. */
const count = () =>
  page.evaluate(() => {
    window.rendered = {};
    for (const name of ["printer-card", "compact-card", "slots-card", "camera-card", "farm-card", "badge"]) {
      const { prototype } = customElements.get(`flashforge-${name}`);
      const before = Object.hasOwn(prototype, "counted") ? prototype.counted : prototype.render;
      prototype.counted = before;
      prototype.render = function render() {
        window.rendered[name] = (window.rendered[name] ?? 0) + 1;
        return before.call(this);
      };
    }
  });

const rendered = () =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    return window.rendered;
  });

/**
 * In the page: give our elements other states, as Home Assistant's connection does, without its
 * connection, so that nothing else changes meanwhile.
 */
const prepare = (tag) =>
  page.evaluate((name) => {
    window.ours = window.everywhere(name);
    window.now = document.querySelector("home-assistant").hass;
    // From now on Home Assistant's own updates do not reach them.
    for (const element of window.ours) {
      const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), "hass") ?? undefined;
      let { prototype } = element.constructor;
      let property = own;
      while (!property) {
        prototype = Object.getPrototypeOf(prototype);
        property = Object.getOwnPropertyDescriptor(prototype, "hass");
      }
      element.tell = (hass) => property.set.call(element, hass);
      Object.defineProperty(element, "hass", { configurable: true, get: property.get, set: () => undefined });
    }
    window.change = async (id, value) => {
      const { states } = window.now;
      window.now = { ...window.now, states: { ...states, [id]: { ...states[id], state: String(value) } } };
      for (const element of window.ours) element.tell(window.now);
      await Promise.all(window.ours.map((element) => element.updateComplete));
    };
  }, tag);

/** Return the milliseconds that the scripts of the page ran meanwhile. */
async function scripting(work) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const read = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "ScriptDuration").value * 1000;
  };
  const before = await read();
  await work();
  const passed = (await read()) - before;
  await session.detach();
  return passed;
}

test("the script is small", (t) => {
  const script = readFileSync(SCRIPT);
  const { length } = gzipSync(script);
  t.diagnostic(`${script.length} bytes, ${length} gzipped`);
  assert.ok(length <= MOST_BYTES, `${length} bytes gzipped`);
});

test("a card is painted soon after its script is there", async (t) => {
  const printer = await begin();
  await board({ views: [{ cards: [card("printer-card", printer)] }] });
  await page.addInitScript(() => {
    const look = () => {
      [window.card] = window.everywhere("flashforge-printer-card");
      if (window.card?.shadowRoot?.querySelector(".percent")) window.painted = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.reload();
  await page.waitForFunction(() => window.painted);
  const { painted, loaded } = await page.evaluate(() => ({
    painted: window.painted,
    loaded: performance.getEntriesByType("resource").find(({ name }) => name.includes("flashforge.js"))?.responseEnd,
  }));
  const ms = (value) => `${Math.round(value)} ms`;
  t.diagnostic(`painted ${ms(painted - loaded)} after the script was there, ${ms(painted)} after the page was opened`);
  assert.ok(loaded < painted);
});

test("a card renders when a state of its printer changes, and at no other", async (t) => {
  const printer = await begin();
  await board({ views: [{ cards: CARDS.map((type) => card(type, printer)) }] });
  await says(printer, "Printing");
  await page.waitForSelector("flashforge-camera-card img");
  await prepare(CARDS.map((type) => `flashforge-${type}`).join(", "));
  await count();
  const foreign = await page.evaluate(async (changes) => {
    for (let step = 0; step < changes; step += 1) await window.change("sensor.foreign", step);
    return window.rendered;
  }, CHANGES);
  assert.deepEqual(foreign, {});
  const progress = await page.evaluate(
    ([device]) =>
      Object.values(document.querySelector("home-assistant").hass.entities).find(
        ({ device_id, translation_key }) => device_id === device && translation_key === "progress",
      ).entity_id,
    [printer.id],
  );
  await page.evaluate(
    async ([id, changes]) => {
      for (let step = 0; step < changes; step += 1) await window.change(id, step);
    },
    [progress, CHANGES],
  );
  const own = await rendered();
  t.diagnostic(`${CHANGES} changes of the progress: ${JSON.stringify(own)}; ${CHANGES} of others: none`);
  assert.equal(own["printer-card"], CHANGES);
  assert.equal(own["compact-card"], CHANGES);
  assert.equal(own["slots-card"] ?? 0, 0);
});

test("a printing printer makes few renders in a minute", async (t) => {
  const printer = await begin();
  await board({ views: [{ cards: CARDS.map((type) => card(type, printer)) }] });
  await says(printer, "Printing");
  await page.waitForSelector("flashforge-camera-card img");
  await count();
  const ids = await page.evaluate(
    ([device]) =>
      Object.values(document.querySelector("home-assistant").hass.entities)
        .filter(({ device_id }) => device_id === device)
        .map(({ entity_id }) => entity_id),
    [printer.id],
  );
  // What Home Assistant really sends for a while; each change is at most one render of a card.
  const { changes, seconds } = await page.evaluate(async (entities) => {
    const { connection } = document.querySelector("home-assistant").hass;
    let changes = 0;
    const stop = await connection.subscribeEvents(({ data }) => {
      if (entities.includes(data.entity_id)) changes += 1;
    }, "state_changed");
    const start = performance.now();
    await new Promise((done) => setTimeout(done, 20_000));
    await stop();
    return { changes, seconds: (performance.now() - start) / 1000 };
  }, ids);
  const own = await rendered();
  const minute = Object.entries(own).map(([name, number]) => `${name} ${Math.round((number / seconds) * 60)}`);
  t.diagnostic(`renders in a minute: ${minute.join(", ") || "none"}; ${changes} changes in ${Math.round(seconds)} s`);
  for (const [name, number] of Object.entries(own)) {
    // The camera's words fade once, and a change may be on its way at either end.
    assert.ok(number <= changes + 3, `${name} rendered ${number} times for ${changes} changes`);
  }
});

test(`${FARM} printers: a change costs one small card`, async (t) => {
  const printer = await begin();
  await page.goto(`${HOME_ASSISTANT}/profile`);
  await connected();
  // Made of a real one: 30 copies of its device, its entities and their states.
  const change = await page.evaluate(
    async ([device, farm]) => {
      const { hass } = document.querySelector("home-assistant");
      const [devices, entities, states] = [{}, {}, {}];
      const own = Object.values(hass.entities).filter(({ device_id }) => device_id === device);
      for (let number = 0; number < farm; number += 1) {
        const id = `farm${number}`;
        devices[id] = { ...hass.devices[device], id, name: `Printer ${number}`, name_by_user: null };
        for (const entity of own) {
          const entity_id = `${entity.entity_id}_${number}`;
          entities[entity_id] = { ...entity, entity_id, device_id: id };
          states[entity_id] = hass.states[entity.entity_id] && { ...hass.states[entity.entity_id], entity_id };
        }
      }
      document.body.innerHTML = "<div style='padding: 16px'></div>";
      const card = document.createElement("flashforge-farm-card");
      card.setConfig({ type: "custom:flashforge-farm-card" });
      window.now = { ...hass, devices, entities, states };
      card.hass = window.now;
      document.body.firstChild.append(card);
      window.ours = [card];
      await card.updateComplete;
      return own.find(({ translation_key }) => translation_key === "progress").entity_id;
    },
    [printer.id, FARM],
  );
  await page.waitForFunction(
    (farm) => window.ours[0].shadowRoot.querySelectorAll("flashforge-compact-card").length === farm,
    FARM,
  );
  await rendered();
  await picture("farm-30");
  await count();
  const spent = await scripting(() =>
    page.evaluate(
      async ([id, changes, farm]) => {
        const [card] = window.ours;
        for (let step = 0; step < changes; step += 1) {
          const entity = `${id}_${step % farm}`;
          const { states } = window.now;
          window.now = { ...window.now, states: { ...states, [entity]: { ...states[entity], state: String(step % 100) } } };
          card.hass = window.now;
          await card.updateComplete;
          await new Promise(requestAnimationFrame);
        }
      },
      [change, CHANGES, FARM],
    ),
  );
  const own = await rendered();
  const nodes = await page.evaluate(() => {
    return window.everywhere("*", window.ours[0].shadowRoot).length;
  });
  t.diagnostic(`${(spent / CHANGES).toFixed(2)} ms of script for a change; ${nodes} nodes; ${JSON.stringify(own)}`);
  assert.deepEqual(own, { "compact-card": CHANGES });
  assert.ok(nodes <= FARM * MOST_NODES, `${nodes} nodes`);
});

test("nothing of ours was reported as an error by the browser", () => {
  assert.deepEqual(errors, []);
});
