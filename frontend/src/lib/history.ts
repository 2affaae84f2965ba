/** The prints that are over: what the integration tells of them, and when to ask again. */

import type { Hass } from "./hass";

export type Result = "finished" | "canceled" | "failed" | "ended";

/** A print that is over. What is not known of it is not there. */
export interface Past {
  /** It is the only one of its printer with this id, which stays when more is known. */
  readonly id: string;
  readonly printer: string;
  readonly result: Result;
  readonly file?: string;
  readonly began?: string;
  readonly time?: string;
  /** In seconds. */
  readonly duration?: number;
  /** In grams. */
  readonly weight?: number;
  readonly colors?: readonly string[];
  readonly picture?: string;
  readonly last?: true;
}

/** What was printed since a moment, in the last days at the most. */
export interface Total {
  readonly days: number;
  readonly since: string;
  readonly prints: number;
  readonly judged: number;
  readonly finished: number;
  readonly duration?: number;
  readonly weight?: number;
}

export interface History {
  readonly prints: readonly Past[];
  readonly count: number;
  readonly totals: readonly Total[];
}

const of = (printer: string | undefined): object => (printer ? { printer } : {});

/** Return a part of the history of a printer, or of all. */
export function historyOf(
  hass: Hass,
  printer: string | undefined,
  start: number,
  limit: number,
): Promise<History> {
  return hass.callWS<History>({ type: "flashforge/history", start, limit, ...of(printer) });
}

/** Call back at each change; return what ends that. */
export async function onChange(
  hass: Hass,
  printer: string | undefined,
  changed: () => void,
): Promise<() => void> {
  const message = { type: "flashforge/history/changes", ...of(printer) };
  const stop = await hass.connection?.subscribeMessage(changed, message);
  return () => void stop?.().catch(() => undefined);
}
