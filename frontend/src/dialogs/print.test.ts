import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "../flashforge";
import { forget } from "../lib/find";
import { Page, PRINTING, settled, textOf } from "../testing/hass.test";
import type { PrintDialog } from "./print";

// Recorded from a virtual Creator 5 Pro in a real Home Assistant.
const FILES = [
  {
    name: "benchy.gcode.3mf",
    print_time: 3209,
    weight: 15.8,
    uses_station: true,
    tools: [
      { tool: 1, material: "PLA", color: "#FFFF0A", color_name: "yellow", weight: 3.95, slot: 1 },
      { tool: 2, material: "PLA", color: "#0080FF", color_name: "blue", weight: 11.85, slot: 2 },
    ],
    picture: "/api/flashforge/thumbnail/01M8/YmVuY2h5?authSig=abc",
  },
  { name: "cube.gcode.3mf", print_time: null, weight: null, uses_station: null, tools: null, picture: "/api/x" },
];
const CHECKED = {
  file_name: "benchy.gcode.3mf",
  can_print: true,
  problems: [],
  print_time: 3209,
  weight: 15.8,
  tools: FILES[0]!.tools,
  replaced: null,
  materials: [
    { tool: 1, slot: 1, material: "PLA", file_color: "#FFFF0A", slot_color: "#1B1B1B", remarks: ["color_differs"] },
    { tool: 2, slot: 2, material: "PLA", file_color: "#0080FF", slot_color: "#FFFFFF", remarks: [] },
  ],
  remarks: ["printer_differs"],
};
const TAKEN = {
  ...CHECKED,
  can_print: false,
  materials: undefined,
  remarks: [],
  problems: [
    {
      key: "slot_taken",
      message: "Slot 2 was chosen for both tool 1 and tool 2",
      placeholders: { tool: "2", other: "1", slot: "2" },
    },
  ],
};
const MEDIA = {
  title: "Print files in media folders",
  media_content_id: "media-source://flashforge/prints",
  can_expand: true,
  children: [
    { title: "toys", media_content_id: "media-source://flashforge/prints/local/toys", can_expand: true },
    { title: "vase.3mf", media_content_id: "media-source://flashforge/prints/local/vase.3mf", can_expand: false },
  ],
};

let page: Page;
let printer: string;
let dialog: PrintDialog;
const $ = <Found extends HTMLElement>(selector: string, nth = 0): Found =>
  dialog.shadowRoot!.querySelectorAll<Found>(selector)[nth]!;
const click = async (selector: string, nth = 0): Promise<void> => {
  $(selector, nth).click();
  await settled(dialog);
  await settled(dialog);
};
const print = () => $<HTMLButtonElement>("button.main");
const checks = () => page.asked.filter(({ service }) => service === "check_file");

async function open(params: object = {}): Promise<void> {
  dialog = document.createElement("flashforge-print-dialog") as PrintDialog;
  dialog.hass = page.hass;
  document.body.replaceChildren(dialog);
  dialog.showDialog({ printer, ...params });
  await settled(dialog);
  await settled(dialog);
}

const change = async (hass: Page["hass"]): Promise<void> => {
  dialog.hass = hass;
  await settled(dialog);
  await settled(dialog);
};

beforeEach(() => {
  forget();
  page = new Page();
  printer = page.add("AD5X", { ...PRINTING, "sensor.status": "idle" });
  page.answers["flashforge/print_abilities"] = {
    options: ["leveling", "flow_calibration"],
    types: [".gcode", ".3mf"],
  };
  page.answers["flashforge/files"] = FILES;
  page.answers["flashforge/forget_file"] = null;
  page.answers["media_source/browse_media"] = MEDIA;
  page.answers["check_file"] = { response: CHECKED };
});

afterEach(() => vi.restoreAllMocks());

test("the files have pictures that load when they are seen, names, times, grams and colors", async () => {
  await open();
  const [benchy, cube] = dialog.shadowRoot!.querySelectorAll(".tile");
  expect(benchy!.textContent!.replace(/\s+/g, " ").trim()).toBe("benchy.gcode.3mf 53 min · 15.8 g");
  expect(benchy!.querySelectorAll(".dots .swatch")).toHaveLength(2);
  expect(benchy!.querySelector("img")!.getAttribute("loading")).toBe("lazy");
  expect(cube!.textContent!.trim()).toBe("cube.gcode.3mf");
});

test("a search narrows the files down, and says when none is left", async () => {
  await open();
  const search = $<HTMLInputElement>("input[type=search]");
  search.value = "CUBE";
  search.dispatchEvent(new Event("input"));
  await settled(dialog);
  expect(dialog.shadowRoot!.querySelectorAll(".tile")).toHaveLength(1);
  search.value = "nothing";
  search.dispatchEvent(new Event("input"));
  await settled(dialog);
  expect(textOf(dialog)).toContain("No file has this in its name.");
});

test("of very many files some are drawn, and more when a person asks", async () => {
  page.answers["flashforge/files"] = Array.from({ length: 100 }, (_, n) => ({ ...FILES[1], name: `${n}.3mf` }));
  await open();
  expect(dialog.shadowRoot!.querySelectorAll(".tile")).toHaveLength(48);
  await click("[role=tabpanel] > .text");
  expect(dialog.shadowRoot!.querySelectorAll(".tile")).toHaveLength(96);
});

test("loading, no files and no answer are said in words, and asked for again", async () => {
  page.hass.callWS = vi.fn(() => new Promise(() => undefined)) as never;
  await open();
  expect(textOf(dialog)).toContain("Loading");
  forget();
  page = new Page();
  printer = page.add("AD5X", PRINTING);
  page.answers["flashforge/print_abilities"] = { options: [], types: [] };
  page.answers["flashforge/files"] = { code: "home_assistant_error", translation_domain: "flashforge", translation_key: "unreachable", message: "x" };
  await open();
  expect(textOf(dialog)).toContain("The printer does not answer.");
  page.answers["flashforge/files"] = [];
  await click(".empty .text");
  expect(textOf(dialog)).toContain("No files are on the printer.");
});

test("without permission there is a refusal and nothing else", async () => {
  page.answers["flashforge/print_abilities"] = {
    code: "home_assistant_error",
    message: "x",
    translation_domain: "flashforge",
    translation_key: "not_allowed",
    translation_placeholders: { printer: "AD5X" },
  };
  await open();
  expect(textOf(dialog)).toContain("You are not allowed to control AD5X.");
  expect($("[role=tab]")).toBeUndefined();
  expect(page.asked.map(({ type }) => type)).not.toContain("flashforge/files");
});

test("the slots are preset by the integration, and what differs is remarked", async () => {
  await open();
  await click(".tile");
  const [first, second] = dialog.shadowRoot!.querySelectorAll("select");
  expect([first!.value, second!.value]).toEqual(["1", "2"]);
  const text = textOf(dialog);
  expect(text).toContain("Needs PLA Yellow 4.0 g");
  expect(text).toContain("The color in this slot is another one.");
  expect(text).toContain("The file was sliced for a similar printer.");
  expect([...dialog.shadowRoot!.querySelectorAll(".option")].map((each) => each.textContent!.trim())).toEqual([
    "Level the bed first",
    "Calibrate the flow",
  ]);
  expect(print().disabled).toBe(false);
});

test("a printer without options shows no empty box, and a picture that cannot be loaded gives way", async () => {
  page.answers["flashforge/print_abilities"] = { options: [], types: [".gx"] };
  await open();
  const picture = $("img");
  picture.dispatchEvent(new Event("error"));
  expect(picture.style.opacity).toBe("0");
  picture.dispatchEvent(new Event("load"));
  expect(picture.style.opacity).toBe("1");
  await click(".tile");
  expect(dialog.shadowRoot!.querySelectorAll("section")).toHaveLength(1);
});

test("a corrected slot is checked again, and a mismatch is told at its tool", async () => {
  await open();
  await click(".tile");
  page.answers["check_file"] = { response: TAKEN };
  const select = $<HTMLSelectElement>("select");
  select.value = "2";
  select.dispatchEvent(new Event("change"));
  await settled(dialog);
  await settled(dialog);
  expect(checks().at(-1)!["service_data"]).toMatchObject({ file_name: "benchy.gcode.3mf", slots: { 1: 2 } });
  expect($(".tool", 1).textContent).toContain("Slot 2 was chosen for both tool 1 and tool 2.");
  expect($<HTMLSelectElement>("select", 1).value).toBe("2");
  expect($("select", 1).className).toBe("wrong");
  expect(print().disabled).toBe(true);
});

test("a print starts with what the person chose, and the dialog closes when the printer confirms it", async () => {
  await open();
  await click(".tile");
  await click(".option input", 1);
  const closed = vi.fn();
  dialog.addEventListener("dialog-closed", closed);
  let confirm: () => void = () => undefined;
  const before = page.hass.callService;
  dialog.hass = page.update({
    callService: async (...args) => {
      await before(...args);
      await new Promise<void>((done) => (confirm = done));
    },
  });
  await click("button.main");
  expect(page.calls).toEqual([
    {
      domain: "flashforge",
      service: "print_file",
      data: { file_name: "benchy.gcode.3mf", leveling: true, flow_calibration: true, try_anyway: false },
      target: { device_id: printer },
    },
  ]);
  expect(textOf(dialog)).toContain("Waiting until the printer confirms it");
  expect(closed).not.toHaveBeenCalled();
  await change(page.set("sensor.ad5x_upload_progress", "43", { file: "benchy.gcode.3mf" }));
  expect(textOf(dialog)).toContain("Uploading benchy.gcode.3mf");
  expect($("[role=progressbar]").getAttribute("aria-valuenow")).toBe("43");
  const told = vi.fn();
  dialog.addEventListener("hass-notification", told);
  confirm();
  await settled(dialog);
  await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  expect(told.mock.calls[0]![0].detail.message).toBe("The printer has started benchy.gcode.3mf.");
});

test("a refused start is told in the dialog, which stays, and everything is checked again", async () => {
  await open();
  await click(".tile");
  page.refuse = { message: "x", translation_domain: "flashforge", translation_key: "start_ignored" };
  const before = checks().length;
  await click("button.main");
  expect(textOf(dialog)).toContain("The printer accepted the start of the print but did not begin.");
  expect(checks().length).toBe(before + 1);
  expect(print().disabled).toBe(false);
});

test("a plate that is not clear is told with the button that mends it", async () => {
  const problems = [{ key: "plate_occupied", message: "x", placeholders: {} }];
  page.answers["check_file"] = { response: { ...CHECKED, can_print: false, problems } };
  await open({ source: { name: "benchy.gcode.3mf" } });
  expect(textOf(dialog)).toContain("The last print is still on the build plate.");
  page.answers["check_file"] = { response: CHECKED };
  await click(".notice .text");
  expect(page.calls[0]!.target).toEqual({ entity_id: "button.ad5x_clear_plate" });
  expect(print().disabled).toBe(false);
});

test("an overwrite and another printer's file have to be allowed", async () => {
  const problems = [{ key: "would_replace", message: "x", placeholders: { file: "vase.3mf" } }];
  page.answers["check_file"] = { response: { ...CHECKED, can_print: false, problems } };
  await open();
  await click("#media");
  await click(".tile", 1);
  expect(checks().at(-1)!["service_data"]).toMatchObject({
    media: "media-source://flashforge/prints/local/vase.3mf",
    replace: false,
  });
  await click(".notice .text");
  expect(checks().at(-1)!["service_data"]).toMatchObject({ replace: true });
});

test("what a person does at the printer meanwhile is seen", async () => {
  await open({ source: { name: "benchy.gcode.3mf" } });
  const before = checks().length;
  await change(page.set("sensor.ad5x_nozzle_temperature", "30"));
  await change(page.set("sensor.ad5x_upload_progress", "3"));
  expect(checks().length).toBe(before);
  await change(page.set("binary_sensor.ad5x_plate_occupied", "on"));
  expect(checks().length).toBe(before + 1);
});

test("files of the media folders are described one after the other, folders are not", async () => {
  const picture = "data:image/png;base64,iVBORw0KGgo=";
  page.answers["flashforge/describe"] = { print_time: 1200, weight: 6, tools: FILES[0]!.tools, picture };
  await open();
  await click("#media");
  await settled(dialog);
  const asked = page.asked.filter(({ type }) => type === "flashforge/describe").map(({ media }) => media);
  expect(asked).toEqual(["media-source://flashforge/prints/local/vase.3mf"]);
  const vase = $(".tile", 1);
  expect(vase.textContent!.replace(/\s+/g, " ").trim()).toBe("vase.3mf 20 min · 6.0 g");
  expect(vase.querySelector("img")!.getAttribute("src")).toBe(picture);
  await click(".tile", 1);
  expect($(".about img").getAttribute("src")).toBe(picture);
});

test("a connection that breaks off during the start is told in words", async () => {
  await open({ source: { name: "benchy.gcode.3mf" } });
  page.refuse = 3;
  await click("button.main");
  expect(textOf(dialog)).toContain("The connection to Home Assistant was lost.");
});

test("folders are opened, and left again", async () => {
  await open();
  await click("#media");
  await click(".tile");
  expect(page.asked.at(-1)!["media_content_id"]).toBe("media-source://flashforge/prints/local/toys");
  await click("[role=tabpanel] > .text");
  expect(page.asked.at(-1)!["media_content_id"]).toBe("media-source://flashforge/prints/local");
});

test("a file from media can be uploaded without a print", async () => {
  await open();
  await click("#media");
  await click(".tile", 1);
  await click("[slot=footer] .big");
  expect(page.calls[0]).toMatchObject({
    service: "upload_file",
    data: { media: "media-source://flashforge/prints/local/vase.3mf", replace: false },
  });
});

async function pick(file: File): Promise<void> {
  await click("#device");
  const input = $<HTMLInputElement>("input[type=file]");
  Object.defineProperty(input, "files", { value: [file], configurable: true });
  input.dispatchEvent(new Event("change"));
  await settled(dialog);
}

test("a file of another type is refused in words, and nothing is sent", async () => {
  const sent = vi.spyOn(globalThis, "XMLHttpRequest");
  await open();
  await pick(new File(["solid"], "part.stl"));
  expect(textOf(dialog)).toContain("part.stl is not a file that this printer takes. It takes .gcode, .3mf.");
  expect(sent).not.toHaveBeenCalled();
});

test("a file is sent once for check and print, and forgotten when the person goes back", async () => {
  let request: { upload: { onprogress?(event: object): void }; onload?(): void } | undefined;
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      upload = {};
      status = 200;
      responseText = '{"file_id": "01ABC"}';
      constructor() {
        request = this;
      }
      open(): void {}
      setRequestHeader(): void {}
      send(): void {}
      abort(): void {}
    },
  );
  await open();
  await pick(new File(["G28"], "part.gcode"));
  await vi.waitFor(() => expect(request?.onload).toBeDefined());
  request!.upload.onprogress!({ loaded: 1, total: 4 });
  await settled(dialog);
  expect(textOf(dialog)).toContain("Sending part.gcode to Home Assistant");
  expect($("[role=progressbar]").getAttribute("aria-valuenow")).toBe("25");
  request!.onload!();
  await vi.waitFor(() => expect(checks()).toHaveLength(1));
  await settled(dialog);
  expect(checks()[0]!["service_data"]).toMatchObject({ file: "01ABC", name: "part.gcode" });
  await click(".back");
  expect(page.asked.at(-1)).toEqual({ type: "flashforge/forget_file", file: "01ABC" });
  vi.unstubAllGlobals();
});

test("arrow keys move between the tabs", async () => {
  await open();
  $("[role=tablist]").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft" }));
  await settled(dialog);
  expect($("[aria-selected=true]").id).toBe("device");
});

test("a dialog that is closed asks for nothing more, and draws nothing", async () => {
  await open({ source: { name: "benchy.gcode.3mf" } });
  dialog.closeDialog();
  await settled(dialog);
  const before = page.asked.length;
  await change(page.set("binary_sensor.ad5x_plate_occupied", "on"));
  expect(page.asked.length).toBe(before);
});
