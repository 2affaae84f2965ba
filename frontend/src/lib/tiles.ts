/** Files as tiles: picture, name, print time, grams, colors. */

import { css, html, nothing, type TemplateResult } from "lit";
import type { StoredFile, Tool } from "./files";
import { address, type Hass } from "./hass";
import { duration } from "./printer";
import { COLOR, swatch } from "./spools";
import { words } from "./texts";

export function dot({ color }: Pick<Tool, "color">): TemplateResult {
  return swatch({ color: color && COLOR.test(color) ? color : undefined, empty: false });
}

/** Return "1 h 35 min · 21.6 g", as much of it as is known. */
export function measures(hass: Hass, { print_time, weight }: Pick<StoredFile, "print_time" | "weight">): string {
  return [
    print_time ? duration(words(hass), print_time / 60) : "",
    weight ? words(hass)("grams", { grams: weight.toFixed(1) }) : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/** Let a picture that cannot be loaded show what is behind it. */
function show({ type, target }: Event): void {
  (target as HTMLElement).style.opacity = type === "load" ? "1" : "0";
}

/** The picture of a file; the browser loads it when it comes into view. */
export function pictureOf(hass: Hass, picture: string | undefined, icon = "mdi:cube-outline"): TemplateResult {
  return html`<span class="thumb">
    <ha-icon icon=${icon}></ha-icon>
    ${picture
      ? html`<img
          alt=""
          loading="lazy"
          src=${picture.startsWith("data:image/") ? picture : address(hass, picture)}
          @error=${show}
          @load=${show}
        />`
      : nothing}
  </span>`;
}

export function fileTile(hass: Hass, file: StoredFile, choose: () => void): TemplateResult {
  const tools = (file.tools ?? []).filter(({ weight }) => weight !== 0);
  return html`<button class="tile" @click=${choose}>
    ${pictureOf(hass, file.picture, file.icon)}
    <span class="title">${file.name}</span>
    <small class="muted">${measures(hass, file)}</small>
    ${tools.length ? html`<span class="dots">${tools.map(dot)}</span>` : nothing}
  </button>`;
}

/** What stands where tiles will be, so that nothing jumps when they come. */
export function ghosts(label: string, count: number): TemplateResult {
  return html`<div class="tiles" role="status" aria-label=${label}>
    ${Array.from({ length: count }, () => html`<span class="tile ghost"><span class="thumb"></span></span>`)}
  </div>`;
}

export const tiles = css`
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(124px, 1fr));
    gap: 12px;
  }
  .tile {
    display: flex;
    flex-direction: column;
    gap: 4px;
    min-width: 0;
    padding: 8px;
    border: 1px solid var(--ff-line);
    line-height: 1.3;
  }
  .thumb {
    position: relative;
    display: grid;
    place-items: center;
    flex: none;
    aspect-ratio: 1;
    border-radius: 8px;
    overflow: hidden;
    color: var(--secondary-text-color);
    background: color-mix(in srgb, var(--primary-text-color) 6%, transparent);
    --mdc-icon-size: 36px;
  }
  .thumb img {
    position: absolute;
    width: 100%;
    height: 100%;
    object-fit: contain;
    background: var(--card-background-color, #fff);
  }
  .title {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
    font-weight: 500;
  }
  .dots {
    display: flex;
    gap: 6px;
    padding: 2px;
  }
  .ghost {
    border-color: transparent;
  }
`;
