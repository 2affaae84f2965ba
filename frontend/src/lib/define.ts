/** Registering with Home Assistant. Two versions of this script may meet in one page. */

import type { Hass } from "./hass";

interface Suggestion {
  config: Record<string, unknown>;
  label?: string;
}

interface Registrations {
  customCards: {
    type: string;
    name: string;
    description: string;
    preview?: boolean;
    documentationURL?: string;
    getEntitySuggestion?(hass: Hass, entityId: string): Suggestion | null;
  }[];
  customBadges: Registrations["customCards"];
  customCardFeatures: {
    type: string;
    name: string;
    isSupported(hass: Hass, context: { entity_id?: string }): boolean;
    configurable?: boolean;
  }[];
  customStrategies: {
    type: string;
    strategyType: "dashboard" | "section";
    name: string;
    description: string;
    documentationURL?: string;
  }[];
}

/** Define an element unless an older script of this page did. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

/** Put something on one of Home Assistant's lists, once. */
export function offer<List extends keyof Registrations>(
  list: List,
  ...entries: Registrations[List][number][]
): void {
  const registry = window as unknown as { [Key in List]?: { type: string }[] };
  const offered = (registry[list] ??= []);
  for (const entry of entries) {
    if (!offered.some(({ type }) => type === entry.type)) offered.push(entry);
  }
}
