/** Words from the integration's translation files, in the language of the person. */

import { DOMAIN, type Hass, type Localize } from "./hass";

export type Words = (key: string, placeholders?: Record<string, string>) => string;

const loaded = new Map<string, Localize>();
const loading = new Map<string, Promise<Localize>>();

/** Return the texts of the cards; each is empty until they are loaded. */
export function words(hass: Hass): Words {
  const localize = loaded.get(hass.language);
  return (key, placeholders) =>
    localize?.(`component.${DOMAIN}.common.card_${key}`, placeholders) ?? "";
}

/** Load the texts once per language; return whether they are there now. */
export async function load(hass: Hass): Promise<boolean> {
  const { language } = hass;
  if (loaded.has(language)) return true;
  let promise = loading.get(language);
  if (!promise) {
    promise = hass.loadBackendTranslation("common", DOMAIN);
    loading.set(language, promise);
  }
  try {
    loaded.set(language, await promise);
    return true;
  } catch {
    loading.delete(language);
    return false;
  }
}

interface Refusal {
  message?: string;
  translation_domain?: string;
  translation_key?: string;
  translation_placeholders?: Record<string, string>;
}

/** Return why something was refused, in words. */
export async function reasonOf(hass: Hass, error: unknown): Promise<string> {
  // The page only has a number when its connection broke off.
  if (typeof error === "number") return words(hass)("lost");
  const {
    message = String(error),
    translation_domain: domain,
    translation_key: key,
    translation_placeholders: placeholders,
  } = (error ?? {}) as Refusal;
  // Home Assistant has only this word for a person who may look but not control.
  if (message === "Unauthorized") return words(hass)("not_allowed") || message;
  if (!domain || !key) return message;
  try {
    const localize = await hass.loadBackendTranslation("exceptions", domain);
    return localize(`component.${domain}.exceptions.${key}.message`, placeholders) || message;
  } catch {
    return message;
  }
}

/** Return a format of dates that respects what the person chose. */
export function format(hass: Hass, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const { language = hass.language, time_format, time_zone } = hass.locale ?? {};
  const zone = time_zone === "server" ? hass.config?.time_zone : undefined;
  return new Intl.DateTimeFormat(language, {
    ...options,
    ...(options.hour && time_format === "12" ? { hour12: true } : {}),
    ...(options.hour && time_format === "24" ? { hourCycle: "h23" as const } : {}),
    ...(zone ? { timeZone: zone } : {}),
  });
}
