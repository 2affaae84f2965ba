/** Opening a dialog of ours as Home Assistant opens its own. */

import type { Hass } from "../lib/hass";

interface Dialog extends HTMLElement {
  hass?: Hass | undefined;
  showDialog(params: object): void;
}

let managed = false;

/**
 * Open a dialog. Home Assistant gives it new states, closes it with the page's back button
 * and returns the focus. Where nobody takes care of dialogs, it is put into the page.
 */
export function openDialog(from: HTMLElement & { hass: Hass | undefined }, tag: string, params: object): void {
  const dialogImport = (): Promise<void> => {
    managed = true;
    return Promise.resolve();
  };
  from.dispatchEvent(
    new CustomEvent("show-dialog", {
      bubbles: true,
      composed: true,
      detail: { dialogTag: tag, dialogImport, dialogParams: params },
    }),
  );
  if (managed) return;
  const dialog = document.createElement(tag) as Dialog;
  dialog.hass = from.hass;
  dialog.addEventListener("dialog-closed", () => {
    dialog.remove();
    from.focus();
  });
  document.body.append(dialog);
  dialog.showDialog(params);
}
