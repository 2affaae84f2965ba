/** The entry: it defines and registers everything, and does nothing else. */

import { Badge } from "./badges/badge";
import { CameraCard } from "./cards/camera";
import { CompactCard } from "./cards/compact";
import { FarmCard } from "./cards/farm";
import { FilesCard } from "./cards/files";
import { HistoryCard } from "./cards/history";
import { PrinterCard } from "./cards/printer";
import { SlotsCard } from "./cards/slots";
import { PrintDialog } from "./dialogs/print";
import { Controls, hasSlots, isStatus, Swatches } from "./features/features";
import { define, offer } from "./lib/define";
import { printerOf } from "./lib/find";
import type { Hass } from "./lib/hass";
import { Live } from "./lib/live";
import { PrinterEditor } from "./strategies/editor";
import { DashboardStrategy, SectionStrategy, ViewStrategy } from "./strategies/strategies";

const documentationURL =
  "https://github.com/flashforge-home-assistant/flashforge/blob/main/docs/dashboard.md";

define("flashforge-live", Live);
define("flashforge-printer-card", PrinterCard);
define("flashforge-compact-card", CompactCard);
define("flashforge-slots-card", SlotsCard);
define("flashforge-camera-card", CameraCard);
define("flashforge-farm-card", FarmCard);
define("flashforge-files-card", FilesCard);
define("flashforge-print-dialog", PrintDialog);
define("flashforge-history-card", HistoryCard);
define("flashforge-controls", Controls);
define("flashforge-swatches", Swatches);
define("flashforge-badge", Badge);
define("flashforge-printer-editor", PrinterEditor);
define("ll-strategy-dashboard-flashforge", DashboardStrategy);
define("ll-strategy-view-flashforge-printer", ViewStrategy);
define("ll-strategy-section-flashforge-printer", SectionStrategy);

const any = (): boolean => true;
const about =
  (...keys: string[]) =>
  (key: string): boolean =>
    keys.some((each) => key.startsWith(each));

/** Suggest a card for those entities of a printer whose translation keys fit. */
const suggest =
  (type: string, fits: (key: string) => boolean) =>
  (hass: Hass, entityId: string): { config: Record<string, unknown> } | null => {
    const printer = printerOf(hass, entityId);
    const key = hass.entities[entityId]?.translation_key ?? "";
    return printer && fits(key) ? { config: { type: `custom:${type}`, printer } } : null;
  };

const card = (type: string, name: string, description: string, fits: (key: string) => boolean) => ({
  type,
  name,
  description,
  preview: true,
  documentationURL,
  getEntitySuggestion: suggest(type, fits),
});

offer(
  "customCards",
  card("flashforge-printer-card", "FlashForge printer", "A printer and its job", any),
  card("flashforge-compact-card", "FlashForge printer, compact", "A printer in two rows", any),
  card(
    "flashforge-slots-card",
    "FlashForge filament",
    "The filament in each slot",
    about("slot", "direct_feed", "active_slot", "station_activity", "material"),
  ),
  card(
    "flashforge-history-card",
    "FlashForge prints",
    "The prints that are over, of one printer or of all",
    (key) => key === "print" || about("last_print", "job_thumbnail")(key),
  ),
  card("flashforge-camera-card", "FlashForge camera", "The camera, live while visible", about("camera")),
  card("flashforge-files-card", "FlashForge files", "The files on the printer: choose one and print it", about("print_file", "file", "upload_progress")),
  {
    type: "flashforge-farm-card",
    name: "FlashForge printers",
    description: "All printers at once",
    preview: true,
    documentationURL,
  },
);

offer("customBadges", {
  ...card("flashforge-badge", "FlashForge printer", "A printer in one line", about("status")),
});

offer(
  "customCardFeatures",
  { type: "flashforge-controls", name: "FlashForge pause, resume, cancel", isSupported: isStatus },
  { type: "flashforge-swatches", name: "FlashForge slots", isSupported: hasSlots },
);

offer("customStrategies", {
  type: "flashforge",
  strategyType: "dashboard",
  name: "FlashForge",
  description: "All printers, and a view for each",
  documentationURL,
});
offer("customStrategies", {
  type: "flashforge-printer",
  strategyType: "section",
  name: "FlashForge printer",
  description: "Its card, camera and filament",
  documentationURL,
});
