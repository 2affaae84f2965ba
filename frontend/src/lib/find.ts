/** Which entities a printer has: by device and translation key, never by their names. */

import { DOMAIN, type Device, type Entity, type Hass } from "./hass";

/**
 * Entity ids by "domain.key", with ".number" for one of several ("sensor.slot.2").
 * Disabled entities are not in the page's registry, so they are absent here too.
 */
export type Found = ReadonlyMap<string, string>;

const NONE: Found = new Map();
const NUMBERED = new Set([
  "slot",
  "slot_filament",
  "slot_load",
  "slot_unload",
  "slot_material",
  "slot_color",
  "nozzle_n_temperature",
  "nozzle_n_target",
]);
const NUMBER = /_(\d+)(?:_[a-z_]+)?$/;

/** The numbers of entities of which a printer has several; null while they are asked for. */
const numbers = new Map<string, number | null>();
let cache: { entities: Hass["entities"]; devices: Hass["devices"]; all: Map<string, Found> } | undefined;

/** Return the entities of a printer and of the devices below it. */
export function find(hass: Hass, printer: string | undefined): Found {
  if (cache?.entities !== hass.entities || cache.devices !== hass.devices) {
    cache = { entities: hass.entities, devices: hass.devices, all: collect(hass) };
  }
  return (printer && cache.all.get(printer)) || NONE;
}

/** Forget everything that was found; the next look reads it again. */
export function forget(): void {
  cache = undefined;
}

function collect(hass: Hass): Map<string, Found> {
  const all = new Map<string, Map<string, string>>();
  const next = new Map<string, number>();
  for (const entity of Object.values(hass.entities)) {
    if (entity.platform !== DOMAIN || !entity.translation_key || !entity.device_id) continue;
    const printer = top(hass, entity.device_id);
    const found = all.get(printer) ?? new Map<string, string>();
    all.set(printer, found);
    const key = keyOf(entity);
    if (!NUMBERED.has(entity.translation_key)) {
      found.set(key, entity.entity_id);
      continue;
    }
    // Until its number is known, the entity has the place in which it was registered.
    const place = (next.get(printer + key) ?? 0) + 1;
    next.set(printer + key, place);
    found.set(`${key}.${numbers.get(entity.entity_id) ?? place}`, entity.entity_id);
  }
  return all;
}

function keyOf(entity: Entity): string {
  return `${entity.entity_id.split(".", 1)[0]}.${entity.translation_key}`;
}

function top(hass: Hass, device: string): string {
  const { via_device_id, parent_device_id } = hass.devices[device] ?? {};
  const above = parent_device_id ?? via_device_id;
  return above && isOurs(hass.devices[above]) ? above : device;
}

function isOurs(device: Device | undefined): boolean {
  return !!device?.identifiers?.some(([domain]) => domain === DOMAIN);
}

/**
 * Ask for the numbers that are not known yet, and return whether any came.
 *
 * Only the unique id has the number for certain: a person may rename the rest.
 */
export async function learnNumbers(hass: Hass): Promise<boolean> {
  const unknown = Object.values(hass.entities)
    .filter(
      ({ entity_id, platform, translation_key }) =>
        platform === DOMAIN &&
        NUMBERED.has(translation_key ?? "") &&
        !numbers.has(entity_id),
    )
    .map(({ entity_id }) => entity_id);
  if (!unknown.length) return false;
  for (const id of unknown) numbers.set(id, null);
  try {
    const entries = await hass.callWS<Record<string, { unique_id?: string } | null>>({
      type: "config/entity_registry/get_entries",
      entity_ids: unknown,
    });
    for (const id of unknown) {
      const number = NUMBER.exec(entries[id]?.unique_id ?? "")?.[1];
      if (number) numbers.set(id, Number(number));
    }
  } catch {
    for (const id of unknown) numbers.delete(id);
    return false;
  }
  forget();
  return true;
}

/** Return the numbers that a printer has of an entity, in order. */
export function numbersOf(found: Found, key: string): number[] {
  return [...found.keys()]
    .filter((each) => each.startsWith(`${key}.`))
    .map((each) => Number(each.slice(key.length + 1)))
    .sort((one, other) => one - other);
}

/** Return every printer, by name. */
export function printers(hass: Hass): Device[] {
  return Object.values(hass.devices)
    .filter((device) => isOurs(device) && find(hass, device.id).size > 0)
    .sort((one, other) => nameOf(one).localeCompare(nameOf(other), hass.language));
}

export function nameOf(device: Device | undefined): string {
  return device?.name_by_user || device?.name || "";
}

/** Return the printer that an entity belongs to, undefined when it is not one of ours. */
export function printerOf(hass: Hass, entityId: string): string | undefined {
  const entity = hass.entities[entityId];
  if (entity?.platform !== DOMAIN || !entity.device_id) return undefined;
  return top(hass, entity.device_id);
}
