import { afterEach, expect, test, vi } from "vitest";
import { above, type Check, dataOf, MOST_BYTES, neededTools, searched, unfit, type Wish } from "./files";
import type { Hass } from "./hass";
import { send } from "./send";

const WISH: Wish = {
  options: { leveling: true, time_lapse: false },
  slots: {},
  external: false,
  replace: false,
  insist: false,
};
const CHECK: Check = {
  file_name: "a.3mf",
  can_print: true,
  problems: [],
  print_time: null,
  weight: null,
  tools: null,
  remarks: [],
};
const tool = (number: number, weight: number | null = 1) => ({
  tool: number,
  material: "PLA",
  color: "#FF0000",
  color_name: "red",
  weight,
});

test("a stored file is named, one from elsewhere is uploaded and started", () => {
  expect(dataOf({ name: "a.3mf" }, WISH, "print")).toEqual({
    file_name: "a.3mf",
    leveling: true,
    time_lapse: false,
    try_anyway: false,
  });
  expect(dataOf({ name: "a.3mf", media: "media-source://x" }, { ...WISH, slots: { 1: 3 } }, "print")).toEqual({
    media: "media-source://x",
    leveling: true,
    time_lapse: false,
    try_anyway: false,
    slots: { 1: 3 },
    print_now: true,
    replace: false,
  });
  expect(dataOf({ name: "a.3mf", file: "01ABC" }, { ...WISH, external: true, replace: true }, "check")).toEqual({
    file: "01ABC",
    name: "a.3mf",
    leveling: true,
    time_lapse: false,
    try_anyway: false,
    materials: "none",
    replace: true,
  });
  expect(dataOf({ name: "a.3mf", file: "01ABC" }, WISH, "upload")).toEqual({
    file: "01ABC",
    name: "a.3mf",
    replace: false,
  });
});

test("only the tools that print need a slot, and those that nobody describes if asked", () => {
  expect(neededTools({ ...CHECK, tools: [tool(1), tool(2, 0), tool(3, null)] }).map((each) => each.tool)).toEqual([1, 3]);
  expect(neededTools(CHECK)).toEqual([]);
  const problems = [{ key: "file_tools_unknown", message: "" }];
  expect(neededTools({ ...CHECK, problems }).map((each) => each.tool)).toEqual([1]);
  expect(neededTools({ ...CHECK, materials: [{ tool: 1, slot: 4, remarks: [] }] }).map((each) => each.tool)).toEqual([1]);
});

test("a search finds parts of names in any case", () => {
  const names = ["Benchy.gcode", "cube.3mf", "BENCH_2.gx"];
  const own = (name: string): string => name;
  expect(searched(names, own, " bench ")).toEqual(["Benchy.gcode", "BENCH_2.gx"]);
  expect(searched(names, own, "")).toEqual(names);
});

test("the way up in the media folders ends at their list", () => {
  const root = "media-source://flashforge/prints";
  expect(above(`${root}/local/toys`)).toBe(`${root}/local`);
  expect(above(`${root}/local`)).toBe(root);
  expect(above(root)).toBeUndefined();
});

test("what the printer cannot take is refused before anything is sent", () => {
  const types = [".gcode", ".3mf"];
  expect(unfit({ name: "a.STL", size: 1 }, types)).toBe("file_type");
  expect(unfit({ name: "a.3MF", size: 0 }, types)).toBe("file_empty");
  expect(unfit({ name: "a.gcode", size: MOST_BYTES + 1 }, types)).toBe("file_large");
  expect(unfit({ name: "a.gcode", size: MOST_BYTES }, types)).toBeUndefined();
});

class Request {
  static last: Request;
  status = 200;
  responseText = '{"file_id": "01ABC"}';
  readonly headers: Record<string, string> = {};
  readonly upload: { onprogress?(event: object): void } = {};
  body: FormData | undefined;
  onload?(): void;
  onerror?(): void;
  onabort?(): void;
  constructor() {
    Request.last = this;
  }
  open(): void {}
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  send(body: FormData): void {
    this.body = body;
  }
  abort(): void {
    this.onabort?.();
  }
}

afterEach(() => vi.unstubAllGlobals());

async function sending(): Promise<{ sent: Promise<string>; stop: AbortController; seen: number[]; renew: () => void }> {
  vi.stubGlobal("XMLHttpRequest", Request);
  const stop = new AbortController();
  const seen: number[] = [];
  const renew = vi.fn(async () => undefined);
  const hass = { auth: { accessToken: "secret", expired: true, refreshAccessToken: renew } } as unknown as Hass;
  const file = new File(["G28"], "../naïve.gcode");
  const sent = send(hass, file, (percent) => seen.push(percent), stop.signal);
  await vi.waitFor(() => expect(Request.last?.body).toBeDefined());
  return { sent, stop, seen, renew };
}

test("a file is sent as the person, with progress, under a name that is always taken", async () => {
  const { sent, seen, renew } = await sending();
  const request = Request.last;
  expect(renew).toHaveBeenCalled();
  expect(request.headers["Authorization"]).toBe("Bearer secret");
  expect((request.body!.get("file") as File).name).toBe("print.gcode");
  request.upload.onprogress?.({ loaded: 1, total: 3 });
  request.upload.onprogress?.({ loaded: 3, total: 3 });
  request.onload?.();
  expect(await sent).toBe("01ABC");
  expect(seen).toEqual([33, 100]);
});

test("what Home Assistant does not take, and a broken connection, are errors", async () => {
  const first = await sending();
  Request.last.status = 413;
  Request.last.onload?.();
  await expect(first.sent).rejects.toThrow("status 413");
  const second = await sending();
  Request.last.onerror?.();
  await expect(second.sent).rejects.toThrow("status 0");
});

test("sending can be stopped", async () => {
  const { sent, stop } = await sending();
  stop.abort();
  await expect(sent).rejects.toThrow();
});
