/** Files that can be printed, and what is asked of the integration about them. */

import { DOMAIN, type Hass } from "./hass";

export interface Tool {
  readonly tool: number;
  readonly material: string | null;
  readonly color: string | null;
  readonly color_name: string | null;
  readonly weight: number | null;
}

/** A file on the printer. */
export interface StoredFile {
  readonly name: string;
  readonly print_time?: number | null;
  readonly weight?: number | null;
  readonly tools?: readonly Tool[] | null;
  readonly picture?: string | undefined;
  /** What stands for a file without a picture. */
  readonly icon?: string;
}

/** An item of the media folders. */
export interface MediaItem {
  readonly title: string;
  readonly media_content_id: string;
  readonly can_expand: boolean;
  readonly children?: readonly MediaItem[];
}

export interface Abilities {
  readonly options: readonly string[];
  readonly types: readonly string[];
}

export interface Check {
  readonly file_name: string;
  readonly can_print: boolean;
  readonly problems: readonly {
    readonly key: string;
    readonly message: string;
    readonly placeholders?: Record<string, string>;
  }[];
  readonly print_time: number | null;
  readonly weight: number | null;
  readonly tools: readonly Tool[] | null;
  readonly materials?: readonly {
    readonly tool: number;
    readonly slot: number;
    readonly remarks: readonly string[];
  }[];
  readonly remarks: readonly string[];
}

/** Where the chosen file is: on the printer, in a media folder, or sent by this browser. */
export interface Source {
  readonly name: string;
  readonly picture?: string | undefined;
  readonly media?: string;
  readonly file?: string;
}

/** How a person wants it to be printed. */
export interface Wish {
  readonly options: Readonly<Record<string, boolean>>;
  /** Slots that the person chose; the rest is matched by the integration. */
  readonly slots: Readonly<Record<number, number>>;
  /** From the external spool, without comparing materials. */
  readonly external: boolean;
  readonly replace: boolean;
  readonly insist: boolean;
}

export const MOST_BYTES = 100 * 1024 * 1024;

const PREFIX = "media-source://";

/** Return the printed tools; one that nobody describes when a slot has to be chosen for it. */
export function neededTools({ tools, problems, materials }: Check): Tool[] {
  const used = (tools ?? []).filter(({ weight }) => weight !== 0);
  if (used.length) return used;
  const numbers = new Set(materials?.map(({ tool }) => tool));
  if (problems.some(({ key }) => key === "file_tools_unknown")) numbers.add(1);
  return [...numbers].map((tool) => ({ tool, material: null, color: null, color_name: null, weight: null }));
}

/** Return the data of an action that checks, prints or uploads a file. */
export function dataOf(source: Source, wish: Wish, what: "check" | "print" | "upload"): Record<string, unknown> {
  const { name, media, file } = source;
  const stored = !media && !file;
  return {
    ...(media ? { media } : file ? { file, name } : { file_name: name }),
    ...(what === "upload" ? {} : { ...wish.options, try_anyway: wish.insist, ...materials(wish) }),
    ...(what === "print" && !stored ? { print_now: true } : {}),
    ...(what === "print" && stored ? {} : { replace: wish.replace }),
  };
}

function materials({ external, slots }: Wish): Record<string, unknown> {
  if (external) return { materials: "none" };
  return Object.keys(slots).length ? { slots } : {};
}

export async function check(hass: Hass, printer: string, source: Source, wish: Wish): Promise<Check> {
  const { response } = await hass.callWS<{ response: Check }>({
    type: "call_service",
    domain: DOMAIN,
    service: "check_file",
    service_data: dataOf(source, wish, "check"),
    target: { device_id: printer },
    return_response: true,
  });
  return response;
}

/** Return what a person searched for, and how much of it is shown. */
export function searched<Item>(items: readonly Item[], nameOf: (item: Item) => string, query: string): Item[] {
  const wanted = query.trim().toLowerCase();
  return items.filter((item) => nameOf(item).toLowerCase().includes(wanted));
}

/** Return the media folder above another one, undefined above the first. */
export function above(folder: string): string | undefined {
  const parts = folder.slice(PREFIX.length).split("/");
  return parts.length > 2 ? PREFIX + parts.slice(0, -1).join("/") : undefined;
}

/** Return the key of the words that say why a file is not sent at all. */
export function unfit({ name, size }: { name: string; size: number }, types: readonly string[]): string | undefined {
  if (!types.some((type) => name.toLowerCase().endsWith(type))) return "file_type";
  if (!size) return "file_empty";
  return size > MOST_BYTES ? "file_large" : undefined;
}
