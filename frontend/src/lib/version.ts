/** Whether this page is older than the integration, which was updated meanwhile. */

import type { Hass } from "./hass";

/** The version of this script: the hash in its address. */
export const VERSION = new URL(import.meta.url).searchParams.get("v");

const AGAIN = 15 * 60_000;
let asked: Promise<boolean> | undefined;
let at = -Infinity;

/** Return whether the page should be loaded again; asked at most every 15 minutes. */
export function isOutdated(
  hass: Hass,
  now = Date.now(),
  own: string | null = VERSION,
): Promise<boolean> {
  if (!asked || now - at > AGAIN) {
    at = now;
    asked = ask(hass, own);
  }
  return asked;
}

async function ask(hass: Hass, own: string | null): Promise<boolean> {
  if (!own) return false;
  try {
    const { version } = await hass.callWS<{ version: string }>({ type: "flashforge/cards" });
    return version !== own;
  } catch {
    // While Home Assistant starts, the integration is not there yet: the next change of a
    // card's states asks again.
    asked = undefined;
    return false;
  }
}

/** Ask anew the next time, for example after Home Assistant was restarted. */
export function askAgain(): void {
  asked = undefined;
}
