/** Who uses a keyboard stays where they are when a card is drawn anew. */

const FOCUSABLE = "button:not([disabled]), select, a[href], input, [tabindex='0']";

const inside = (root: ParentNode): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(FOCUSABLE)];

/** Return what gives the focus back that was in a root, in case it is lost until then. */
export function keepFocus(root: HTMLElement | DocumentFragment): () => void {
  if (!(root instanceof ShadowRoot) || !root.activeElement) return () => undefined;
  let focused = root.activeElement as HTMLElement;
  const place = inside(root).indexOf(focused);
  while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement as HTMLElement;
  return () => {
    if (root.activeElement) return;
    if (!focused.isConnected) {
      const all = inside(root);
      focused = all[Math.min(Math.max(place, 0), all.length - 1)] ?? focused;
    }
    focused.focus({ preventScroll: true });
  };
}
