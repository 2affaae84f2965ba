/** The entry: it defines and registers everything, and does nothing else. */

import { CompactCard } from "./cards/compact";
import { PrinterCard } from "./cards/printer";
import { define, offer } from "./lib/define";
import { printerOf } from "./lib/find";
import type { Hass } from "./lib/hass";
import { Live } from "./lib/live";

const documentationURL =
  "https://github.com/flashforge-home-assistant/flashforge/blob/main/docs/dashboard.md";

define("flashforge-live", Live);
define("flashforge-printer-card", PrinterCard);
define("flashforge-compact-card", CompactCard);

const suggest =
  (type: string) =>
  (hass: Hass, entityId: string): { config: Record<string, unknown> } | null => {
    const printer = printerOf(hass, entityId);
    return printer ? { config: { type: `custom:${type}`, printer } } : null;
  };

offer(
  "customCards",
  {
    type: "flashforge-printer-card",
    name: "FlashForge printer",
    description: "A printer, its job, and what can be done now",
    preview: true,
    documentationURL,
    getEntitySuggestion: suggest("flashforge-printer-card"),
  },
  {
    type: "flashforge-compact-card",
    name: "FlashForge printer, compact",
    description: "A printer in two rows",
    preview: true,
    documentationURL,
    getEntitySuggestion: suggest("flashforge-compact-card"),
  },
);
