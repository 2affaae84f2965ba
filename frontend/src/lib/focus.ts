/** Who uses a keyboard stays where they are when a card is drawn anew. */

const FOCUSABLE = "button:not([disabled]), select, a[href], input, [tabindex='0']";

const inside = (root: ParentNode): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(FOCUSABLE)];

/** Return what gives the focus back that was in a root, in case it is lost until then. */
export function keepFocus(root: HTMLElement | DocumentFragment): () => void {
  if (!(root instanceof ShadowRoot) || !root.activeElement) return () => undefined;
  let focused = root.activeElement as HTMLElement;
  // What appears or goes away elsewhere in the card moves all that come after it.
  const places = [focused.parentNode!, root].map((around) => [around, inside(around).indexOf(focused)] as const);
  const { key } = focused.dataset;
  while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement as HTMLElement;
  return () => {
    // A list that grew at its top draws another entry in the same place.
    const moved = key && inside(root).find(({ dataset }) => dataset["key"] === key);
    if (moved) return moved.focus({ preventScroll: true });
    if (root.activeElement) return;
    for (const [around, place] of places) {
      if (focused.isConnected || !around.isConnected) continue;
      const all = inside(around);
      focused = all[Math.min(Math.max(place, 0), all.length - 1)] ?? focused;
    }
    focused.focus({ preventScroll: true });
  };
}
