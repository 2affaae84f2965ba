// Every card in every state of every model; `scripts/frontend browser` runs it.
//
// All printers are brought into one state at the same time and stand on one board, which is
// never loaded again: the cards follow the states. The clocks of the virtual printers stand
// still meanwhile, so what is shown does not depend on the speed of the machine.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { ask, board, card, errors, open, page, picture, printers, say, says } from "./page.mjs";
import { axe, errorCards, prepare, shown, troubles } from "./looks.mjs";

open("states");

const HEIGHTS = { 1440: 3200, 390: 10_500 };

/** The printers, each with its number at the console and its entities. */
let all;
let http;
let lines;

const each = (which, what) => Promise.all(which.map(what));

/** Carry out a command of the console for some printers: "print", "wait 60". */
const tell = (line, which = all) =>
  each(which, ({ number }) => {
    const [command, ...rest] = line.split(" ");
    return say([command, number, ...rest].join(" "));
  });

const call = (service, target, data = {}) => {
  const [domain, name] = service.split(".");
  return ask({ type: "call_service", domain, service: name, service_data: data, target });
};

const press = (key, which = all) =>
  each(which, ({ entities }) => call("button.press", { entity_id: entities[`button.${key}`] }));

/** Wait until Home Assistant shows a state of each printer; it is asked to look at once. */
async function reach(key, wanted, which = all) {
  const ids = which.map(({ entities }) => entities[key]);
  let done = false;
  const arrival = page
    .waitForFunction(
      ([entities, [value, attribute]]) => {
        const { states } = document.querySelector("home-assistant").hass;
        return entities.every((id) => `${attribute ? states[id]?.attributes[attribute] : states[id]?.state}` === value);
      },
      [ids, [wanted].flat()],
      { polling: 100 },
    )
    .finally(() => (done = true));
  arrival.catch(() => {});
  while (!done) {
    await call("homeassistant.update_entity", { entity_id: which.map(({ status }) => status) });
    await Promise.race([arrival, setTimeout(1_000)]);
  }
  try {
    await arrival;
  } catch (error) {
    const seen = await page.evaluate((list) => list.map((id) => document.querySelector("home-assistant").hass.states[id]), ids);
    throw new Error(`${wanted} is not reached: ${JSON.stringify(seen, null, 1)}\n${await tell("status", which)}`, { cause: error });
  }
}

const everything = () => ({
  views: [
    {
      type: "sections",
      max_columns: 4,
      badges: printers.map((printer) => card("badge", printer)),
      sections: [
        ...all.map((printer) => ({
          type: "grid",
          cards: [
            card("printer-card", printer),
            card("compact-card", printer),
            {
              type: "tile",
              entity: printer.status,
              features: [{ type: "custom:flashforge-controls" }, { type: "custom:flashforge-swatches" }],
            },
            card("slots-card", printer),
            card("camera-card", printer),
          ],
        })),
        { type: "grid", cards: [{ type: "custom:flashforge-farm-card" }] },
      ],
    },
  ],
});

/** Bring every printer back to where it does nothing. */
async function rest() {
  await tell("fault clear");
  await tell("hold off");
  await tell("lan on");
  await tell("on");
  await tell("dismiss");
  await tell("cancel");
  await tell("wait 600");
  await tell("clear");
  await tell("hold on");
}

test("all printers stand on one board", async () => {
  const entities = await page.evaluate(() => Object.values(document.querySelector("home-assistant").hass.entities));
  const named = await each(printers, async (_, index) => /^\d+ (.*?):/.exec(await say(`status ${index + 1}`))[1]);
  all = named.map((name, index) => {
    const printer = printers.find((each) => each.name === name) ?? printers.find((each) => each.name.includes(name));
    const own = entities.filter(({ device_id, translation_key }) => device_id === printer.id && translation_key);
    return {
      ...printer,
      number: index + 1,
      entities: Object.fromEntries(own.map((each) => [`${each.entity_id.split(".")[0]}.${each.translation_key}`, each.entity_id])),
    };
  });
  lines = all.filter(({ model }) => /^Adventurer [34]/.test(model));
  http = all.filter((printer) => !lines.includes(printer));
  assert.equal(all.length, 7);
  assert.equal(lines.length, 2);
  await rest();
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 1440, height: 1000 });
  await board(everything());
  for (const printer of all) await says(printer, printer.name);
  await prepare();
});

/**
 * Look at everything in both themes and at both widths.
 *
 * `sentences` are what must be said, by the card's name: texts, or a function of the printer
 * that returns them.
 */
async function look(name, sentences) {
  const wrong = [];
  const said = await shown();
  for (const [tag, wanted] of Object.entries(sentences)) {
    for (const printer of all) {
      const found = said.filter((each) => each.tag === `flashforge-${tag}` && each.printer === printer.id);
      if (!found.length) wrong.push(`no ${tag} of ${printer.name}`);
      for (const text of [typeof wanted === "function" ? wanted(printer) : wanted].flat()) {
        for (const each of found) {
          const fits = text instanceof RegExp ? text.test(each.text) : each.text.includes(text);
          if (!fits) wrong.push(`${tag} of ${printer.name} lacks ${text}: ${each.text}`);
        }
      }
    }
  }
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: process.env.PICTURES ? HEIGHTS[width] : 1000 });
    wrong.push(...(await troubles()).map((each) => `${width} px: ${each}`));
    for (const colorScheme of process.env.PICTURES || width === 1440 ? ["dark", "light"] : []) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      if (width === 1440) wrong.push(...(await axe()).map((each) => `${colorScheme}: ${each}`));
      await picture(`${name}-${colorScheme}-${width}`);
    }
  }
  if (await errorCards()) wrong.push("an error card");
  assert.deepEqual(wrong, []);
}

test("idle", async () => {
  await reach("sensor.status", "idle");
  await look("idle", { "printer-card": "Idle", "compact-card": "Idle", badge: "Idle", "camera-card": "Idle" });
});

test("heating", async () => {
  await tell("print");
  await tell("wait 60");
  await reach("sensor.status", "heating");
  await look("heating", { "printer-card": "Heating", "compact-card": "Heating", badge: "Heating" });
});

test("a pause that the printer has not taken yet", async () => {
  await tell("fault ignore_commands", http);
  await tell("fault hollow tcp/M25", lines);
  await press("pause");
  await reach("sensor.status", ["pause", "pending_command"]);
  await look("pending", {});
});

test("printing", async () => {
  await press("resume");
  await reach("sensor.status", ["null", "pending_command"]);
  await tell("fault clear");
  await tell("skip");
  await tell("wait 900");
  await reach("sensor.status", "printing");
  await look("printing", { "printer-card": ["Printing", /\d+ %/], "compact-card": "Printing" });
});

test("pausing", async () => {
  await tell("pause");
  await reach("sensor.status", "pausing", http);
  await look("pausing", {});
});

test("paused by a person", async () => {
  await tell("wait 10");
  await reach("sensor.status", "paused");
  await look("paused", { "printer-card": "Paused" });
});

test("paused by the printer", async () => {
  await tell("error E0100", http);
  await reach("sensor.error", ["E0100", "code"], http);
  await look("filament", { "printer-card": "Paused" });
});

test("error", async () => {
  await tell("fail E0009");
  await reach("sensor.status", "error", http);
  await look("error", {});
});

test("canceling", async () => {
  await tell("dismiss");
  await tell("cancel");
  await reach("sensor.status", "canceling", http);
  await look("canceling", {});
});

test("canceled", async () => {
  await tell("wait 10");
  await reach("sensor.status", "canceled", http);
  await look("canceled", {});
});

test("completed", async () => {
  await tell("clear");
  await tell("print");
  await tell("skip");
  await tell("wait 600");
  await reach("sensor.status", "printing");
  await tell("skip");
  await reach("sensor.status", "completed", http);
  await look("completed", {});
});

test("LAN mode off", async () => {
  await tell("lan off", http);
  await reach("sensor.status", "offline", http);
  await look("lan", {});
});

test("off", async () => {
  await tell("off");
  await reach("sensor.status", "offline");
  await look("off", {});
});

test("nothing of ours was reported as an error by the browser", () => {
  assert.deepEqual(errors, []);
});
