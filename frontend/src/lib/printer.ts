/** What a printer does now, read from the states of its entities. */

import { find, type Found, nameOf } from "./find";
import type { Hass, State } from "./hass";
import { format, type Words } from "./texts";

const NOTHING = new Set(["unknown", "unavailable", ""]);
export const WORKING = new Set(["heating", "printing", "pausing", "paused", "canceling", "calibrating"]);
export const JOB = new Set(["heating", "printing", "pausing", "paused", "canceling"]);
const COLORS: Readonly<Record<string, string>> = {
  printing: "blue",
  heating: "blue",
  calibrating: "blue",
  busy: "blue",
  pausing: "amber",
  paused: "amber",
  canceling: "amber",
  completed: "green",
  canceled: "amber",
  error: "red",
};
const PLAINLY_OFF = /^(none|unreachable|switched_off)$/;
const PENDING: readonly unknown[] = ["pause", "resume", "cancel"];
/** With these a file may be shown that is being printed, or was. */
const FOR_JOB = new Set(["calibrating", "error"]);
const MINUTES: Readonly<Record<string, number>> = { s: 1 / 60, min: 1, h: 60, d: 1440 };

/** One printer at one moment. Everything that it lacks is undefined. */
export class Printer {
  readonly found: Found;

  constructor(
    readonly hass: Hass,
    readonly id: string | undefined,
  ) {
    this.found = find(hass, id);
  }

  get exists(): boolean {
    return this.found.size > 0;
  }

  get name(): string {
    return nameOf(this.id ? this.hass.devices[this.id] : undefined);
  }

  entity(key: string): string | undefined {
    return this.found.get(key);
  }

  state(key: string): State | undefined {
    const id = this.found.get(key);
    return id ? this.hass.states[id] : undefined;
  }

  value(key: string): string | undefined {
    const value = this.state(key)?.state;
    return value === undefined || NOTHING.has(value) ? undefined : value;
  }

  number(key: string): number | undefined {
    const value = this.value(key);
    const number = value === undefined ? NaN : Number(value);
    return Number.isFinite(number) ? number : undefined;
  }

  attribute(key: string, name: string): unknown {
    return this.state(key)?.attributes[name];
  }

  words(key: string): string | undefined {
    const state = this.state(key);
    return state && this.value(key) !== undefined ? this.hass.formatEntityState(state) : undefined;
  }

  attributeWords(key: string, name: string): string | undefined {
    const state = this.state(key);
    const value = state?.attributes[name];
    return state && value !== undefined && value !== null
      ? this.hass.formatEntityAttributeValue(state, name)
      : undefined;
  }

  get status(): string {
    return this.value("sensor.status") ?? "unknown";
  }

  /** Whether the printer reports an error, which may be beside a running job. */
  get hasError(): boolean {
    const error = this.value("sensor.error");
    return this.status === "error" || (error !== undefined && error !== "none");
  }

  get color(): string {
    if (this.pending && !this.offline) return "amber";
    // A pause with an error is a pause: the print goes on after the cure.
    if (this.hasError && !this.offline && this.status !== "paused") return "red";
    return COLORS[this.status] ?? "gray";
  }

  get offline(): boolean {
    if (this.entity("sensor.status")) return this.status === "offline" || this.status === "unknown";
    // The status is disabled: only a printer that answers has temperatures.
    return ![...this.found.keys()].some((key) => key.includes("_temp") && this.value(key));
  }

  /** Why it is away, when that is more than that it is off. */
  get absence(): string | undefined {
    const reason = this.value("sensor.offline_reason");
    return reason && !PLAINLY_OFF.test(reason) ? this.words("sensor.offline_reason") : undefined;
  }

  get minutesLeft(): number | undefined {
    const left = this.number("sensor.remaining_time");
    const unit = String(this.attribute("sensor.remaining_time", "unit_of_measurement") ?? "min");
    return left === undefined ? undefined : left * (MINUTES[unit] ?? 1);
  }

  /** The command that is sent again and again until the printer takes it. */
  get pending(): string | undefined {
    const pending = this.attribute("sensor.status", "pending_command");
    return PENDING.includes(pending) ? String(pending) : undefined;
  }

  /** The button that takes back the pending command. */
  get undo(): string | undefined {
    return this.pending && `button.${this.pending === "resume" ? "pause" : "resume"}`;
  }

  /** What the printer does, or what it is about to do. */
  sentence(words: Words): string {
    const { pending } = this;
    if (pending && !this.offline) return words(`waits_${pending}`);
    return this.words("sensor.status") ?? (this.entity("sensor.status") ? words("unknown") : "");
  }

  /** Whether a job runs, is paused or was stopped by an error; its file is known then. */
  get hasJob(): boolean {
    return JOB.has(this.status) || (FOR_JOB.has(this.status) && this.value("sensor.file") !== undefined);
  }

  get plateOccupied(): boolean {
    return this.value("binary_sensor.plate_occupied") === "on";
  }
}

/** Return "1 h 35 min". */
export function duration(words: Words, minutes: number): string {
  const whole = Math.round(minutes);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (!hours) return words("minutes", { minutes: String(rest) });
  return words("hours", { hours: String(hours), minutes: String(rest) });
}

/** Return a moment as the person writes it: the time, with the day if it is not today. */
export function moment(hass: Hass, iso: string | undefined, now = new Date()): string | undefined {
  const date = new Date(iso ?? "");
  if (Number.isNaN(date.getTime())) return undefined;
  const form = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => format(hass, options);
  const day = form({ year: "numeric", month: "numeric", day: "numeric" });
  const today = day.format(date) === day.format(now);
  const away = Math.abs(date.getTime() - now.getTime()) / 86_400_000;
  const long = away < 300 ? {} : ({ year: "numeric" } as const);
  return form({
    hour: "numeric",
    minute: "2-digit",
    ...(today ? {} : away < 6 ? { weekday: "short" } : { month: "short", day: "numeric", ...long }),
  }).format(date);
}
