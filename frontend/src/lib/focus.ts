/** Who uses a keyboard stays where they are when a card is drawn anew. */

const FOCUSABLE = "button:not([disabled]), select, a[href], input, [tabindex='0']";

const inside = (root: ParentNode): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(FOCUSABLE)];

/** Return what gives the focus back that was in a root, in case it is lost until then. */
export function keepFocus(root: HTMLElement | DocumentFragment): () => void {
  if (!(root instanceof ShadowRoot) || !root.activeElement) return () => undefined;
  let focused = root.activeElement as HTMLElement;
  const place = inside(root).indexOf(focused);
  const { key } = focused.dataset;
  while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement as HTMLElement;
  return () => {
    // A list that grew at its top draws another entry in the same place.
    const moved = key && inside(root).find(({ dataset }) => dataset["key"] === key);
    if (moved) return moved.focus({ preventScroll: true });
    if (root.activeElement) return;
    if (!focused.isConnected) {
      const all = inside(root);
      focused = all[Math.min(Math.max(place, 0), all.length - 1)] ?? focused;
    }
    focused.focus({ preventScroll: true });
  };
}
