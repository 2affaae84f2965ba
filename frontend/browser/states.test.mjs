// Every card in every state of every model; `scripts/frontend browser` runs it.
//
// All printers are brought into one state at the same time and stand on one board, which is
// never loaded again: the cards follow the states. The clocks of the virtual printers stand
// still meanwhile, so what is shown does not depend on the speed of the machine.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { board, card, errors, open, page, picture, printers, say, says } from "./page.mjs";
import { axe, errorCards, prepare, settled, shown, troubles } from "./looks.mjs";

open("states");

const MODELS = ["AD5X", "Adventurer 3", "Adventurer 4", "Adventurer 5M", "Adventurer 5M Pro", "Creator 5", "Creator 5 Pro"];
const PYTHON = ".venv-demo/bin/python";
/** This one reports with its latest firmware that it prints while it heats. */
const SILENT_WARM_UP = /^Creator 5 Pro/;
const HEIGHTS = { 1440: 3200, 390: 10_500 };

const STILL = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360" fill="#456"/></svg>`;

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

/** Carry out an action of Home Assistant; a refusal is an error with its words. */
async function call(action, target, service_data = {}) {
  const [domain, service] = action.split(".");
  const refusal = await page.evaluate(
    (message) =>
      document.querySelector("home-assistant").hass.callWS(message).then(
        () => null,
        (error) => error.message ?? "refused",
      ),
    { type: "call_service", domain, service, service_data, target },
  );
  if (refusal !== null) throw new Error(`${action} of ${JSON.stringify(target)}: ${refusal}`);
}

const press = (key, which = all) =>
  each(which, ({ entities }) => call("button.press", { entity_id: entities[`button.${key}`] }));

/** Wait until Home Assistant shows something of each printer; it is asked to look at once. */
async function reach(key, wanted, which = all) {
  const ids = which.map(({ entities }) => entities[key]);
  const arrival = page.waitForFunction(
    ([entities, { attribute, value, above }]) => {
      const { states } = document.querySelector("home-assistant").hass;
      return entities.every((id) => {
        const seen = attribute ? states[id]?.attributes[attribute] : states[id]?.state;
        return above === undefined ? `${seen}` === value : Number(seen) > above;
      });
    },
    [ids, typeof wanted === "string" ? { value: wanted } : wanted],
    { polling: 100 },
  );
  const end = arrival.then(
    () => true,
    () => false,
  );
  let reached;
  do {
    await call("homeassistant.update_entity", { entity_id: which.map(({ status }) => status) });
    reached = await Promise.race([end, setTimeout(1_000)]);
  } while (reached === undefined);
  if (reached) return;
  const seen = await page.evaluate(
    (list) =>
      list.map((id) => {
        const { state, attributes } = document.querySelector("home-assistant").hass.states[id] ?? {};
        const { options: _, ...others } = attributes ?? {};
        return `${id}: ${state} ${JSON.stringify(others)}`;
      }),
    ids,
  );
  assert.fail(`${key} is not ${JSON.stringify(wanted)}\n${[...seen, ...(await tell("status", which))].join("\n")}`);
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
              features: [
                { type: "custom:flashforge-controls" },
                ...(printer.hasSlots ? [{ type: "custom:flashforge-swatches" }] : []),
              ],
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
  // Of these, only Home Assistant knows whether the plate is clear.
  await press("clear_plate", await occupied(lines));
}

const occupied = (which) =>
  page.evaluate(
    (all) => all.filter(({ entities }) => document.querySelector("home-assistant").hass.states[entities["binary_sensor.plate_occupied"]]?.state === "on"),
    which,
  );

/** Each state follows from the one before, so a failure ends the file. */
let failed;
const step = (name, run) =>
  test(name, async (t) => {
    if (failed) return t.skip(`${failed} failed`);
    failed = name;
    await run();
    failed = undefined;
  });

step("all printers stand on one board", async () => {
  const entities = await page.evaluate(() => Object.values(document.querySelector("home-assistant").hass.entities));
  all = [];
  for (let number = 1; ; number += 1) {
    const name = /^\d+ (.*?):/.exec(await say(`status ${number}`))?.[1];
    if (!name) break;
    const printer = printers.find((each) => each.name === name);
    // One that is not set up waits for another test.
    if (!printer) continue;
    const own = entities.filter(({ device_id, translation_key }) => device_id === printer.id && translation_key);
    const ids = own.map((each) => [`${each.entity_id.split(".")[0]}.${each.translation_key}`, each.entity_id]);
    const file = /^.*?: *(\S+)/s.exec(await say(`files ${number}`))[1];
    all.push({ ...printer, number, file, hasSlots: own.some((each) => each.translation_key === "slot"), entities: Object.fromEntries(ids) });
  }
  lines = all.filter(({ model }) => /^Adventurer [34]/.test(model));
  http = all.filter((printer) => !lines.includes(printer));
  assert.deepEqual(all.map(({ model }) => model).sort(), MODELS);
  await rest();
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 1440, height: 1000 });
  // A browser has six connections; seven streams would leave none for anything else.
  await page.route("**/api/camera_proxy_stream/**", (route) =>
    route.fulfill({ contentType: "image/svg+xml", body: STILL }),
  );
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
    await settled();
    wrong.push(...(await troubles()).map((each) => `${width} px: ${each}`));
    for (const colorScheme of process.env.PICTURES || width === 1440 ? ["dark", "light"] : []) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.waitForFunction((dark) => document.querySelector("home-assistant").hass.themes.darkMode === dark, colorScheme === "dark");
      await settled();
      if (width === 1440) wrong.push(...(await axe()).map((each) => `${colorScheme}: ${each}`));
      await picture(`${name}-${colorScheme}-${width}`);
    }
  }
  if (process.env.PICTURES) writeFileSync(`${process.env.PICTURES}/${name}.txt`, said.map(({ tag, text }) => `${tag}: ${text}`).join("\n"));
  if (await errorCards()) wrong.push("an error card");
  assert.ok(!wrong.length, `\n${[...new Set(wrong)].join("\n")}`);
}

/** Say the same of the status everywhere. */
const status = (text, more = []) => ({
  "printer-card": (printer) => [text, more].flat().flatMap((each) => (typeof each === "function" ? each(printer) : each)),
  "compact-card": text,
  badge: text,
  "camera-card": text,
});

step("idle", async () => {
  await reach("sensor.status", "idle");
  await look("idle", status("Idle", "Nozzle"));
});

step("an upload is on its way", async () => {
  const folder = `${await page.evaluate(() => document.querySelector("home-assistant").hass.config.config_dir)}/media`;
  for (const file of ["large.3mf", "large.gcode"]) {
    execFileSync(PYTHON, ["-m", "simulator.print_files.slicing", `${folder}/${file}`, "--megabytes", "24"]);
  }
  await tell("hold off");
  await tell("fault slow_upload 4", http);
  await tell("fault slow_upload tcp 4", lines);
  const uploads = all.map(({ id, model }) =>
    call("flashforge.upload_file", { device_id: id }, {
      media: {
        media_content_id: `media-source://media_source/local/large.${/Creator/.test(model) ? "3mf" : "gcode"}`,
        media_content_type: "",
      },
      print_now: false,
    }),
  );
  await reach("sensor.upload_progress", { above: 0 });
  await look("uploading", { "printer-card": ["Uploading large", /[1-9]\d? %/, "Cancel upload"], badge: "Idle" });
  // That "Cancel upload" stops it is tested with the dialog that begins it.
  await tell("fault clear");
  await Promise.all(uploads);
  await tell("hold on");
  await reach("sensor.upload_progress", "unknown");
});

step("heating", async () => {
  await each(all, ({ number, file }) => say(`print ${number} ${file}`));
  await tell("wait 60");
  await reach("sensor.status", "heating", all.filter((each) => !SILENT_WARM_UP.test(each.model)));
  await reach("sensor.status", "printing", all.filter((each) => SILENT_WARM_UP.test(each.model)));
  const heats = ({ model }) => (SILENT_WARM_UP.test(model) ? "Printing" : "Heating");
  const waits = (printer) => (heats(printer) === "Heating" ? /Nozzle( \d)? \d+ of 220 °C/ : []);
  await look("heating", {
    "printer-card": (printer) => [heats(printer), waits(printer), "Pause", "Cancel"].flat(),
    "compact-card": heats,
    badge: heats,
    "camera-card": heats,
  });
});

step("a pause that the printer has not taken yet, and its undoing", async () => {
  await tell("fault ignore_commands", http);
  await tell("fault hollow tcp/M25", lines);
  await press("pause");
  await reach("sensor.status", { attribute: "pending_command", value: "pause" });
  await look("pending", status("Waiting to pause", ["Undo", "Cancel"]));
  await page.click("flashforge-printer-card >> nth=0 >> text=Undo");
  await press("resume", all.slice(1));
  await reach("sensor.status", { attribute: "pending_command", value: "null" });
  await tell("fault clear");
});

step("printing", async () => {
  await tell("skip");
  await tell("wait 600");
  await reach("sensor.progress", { above: 1 });
  await reach("sensor.status", "printing");
  const left = (printer) => (lines.includes(printer) ? [] : [/\d+ min left/, "Done"]);
  await look("printing", status("Printing", [/[1-9]\d? %/, left, "Pause", "Cancel"]));
});

step("LAN mode off", async () => {
  await tell("lan off", http);
  await reach("sensor.status", "offline", http);
  const away = (text) => (printer) => (lines.includes(printer) ? "Printing" : text);
  await look("lan-mode-off", {
    "printer-card": away(["LAN mode off", "Offline since", "Show what to do"]),
    "compact-card": away("LAN mode off"),
    badge: away("Offline"),
    "camera-card": away("Offline"),
  });
  await tell("lan on", http);
  await reach("sensor.status", "printing");
});

step("paused by a person", async () => {
  await tell("pause");
  await reach("sensor.status", "pausing", http);
  await tell("wait 10");
  await reach("sensor.status", "paused");
  await look("paused", status("Paused", ["Paused by a person", "Resume", "Cancel"]));
});

step("paused by the printer", async () => {
  await tell("error E0100", http);
  await reach("sensor.error", { attribute: "code", value: "E0100" }, http);
  await look("paused-by-printer", status("Paused", [(printer) => (lines.includes(printer) ? [] : ["E0100", "Slot 1"]), "Resume"]));
});

step("error", async () => {
  await tell("fail E0009");
  await reach("sensor.status", "error");
  const code = (printer) => (lines.includes(printer) ? "The printer reports an error" : ["E0009", "Bed does not heat", "With the printer off"]);
  await look("error", status("Error", [code, /[1-9]\d? %/]));
});

step("canceling and canceled", async () => {
  await tell("dismiss");
  await tell("cancel");
  await reach("sensor.status", "canceling", http);
  // Half of them go on, so that one look shows both.
  const over = http.filter((_, index) => index % 2);
  await tell("wait 10", over);
  await reach("sensor.status", "canceled", over);
  const shows = (printer) => (lines.includes(printer) ? [] : over.includes(printer) ? ["Canceled", "Plate is clear", "Print again"] : "Canceling");
  await look("canceled", { "printer-card": shows });
});

step("completed", async () => {
  await tell("wait 10");
  await tell("clear");
  await each(all, ({ number, file }) => say(`print ${number} ${file}`));
  await tell("skip");
  await tell("wait 600");
  await reach("sensor.status", "printing");
  await tell("skip");
  await reach("sensor.status", "completed");
  const sums = (printer) => (lines.includes(printer) ? [] : [/Took \d+/, /\d g/]);
  await look("completed", status("Completed", ["Finished", sums, "Plate is clear", "Print again"]));
});

step("off", async () => {
  await tell("off");
  await reach("sensor.status", "offline");
  await look("off", { ...status("Offline", ["Offline since", "Last print"]), "compact-card": "Offline since" });
  await tell("on");
  await reach("sensor.status", "idle", http);
  await reach("sensor.status", "completed", lines);
  await rest();
  await reach("sensor.status", "idle");
  await tell("hold off");
});

test("nothing of ours was reported as an error by the browser", () => {
  assert.deepEqual(errors, []);
});
