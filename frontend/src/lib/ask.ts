/** Questions before what cannot be undone, in Home Assistant's own dialog. */

interface Helpers {
  showConfirmationDialog?(
    element: HTMLElement,
    question: {
      title: string;
      text?: string;
      confirmText?: string;
      dismissText?: string;
      destructive?: boolean;
    },
  ): Promise<boolean>;
}

declare global {
  interface Window {
    loadCardHelpers?(): Promise<Helpers>;
  }
}

export interface Question {
  readonly title: string;
  readonly text?: string;
  readonly yes: string;
  readonly no: string;
  /** Whether it ends something that cannot be brought back. */
  readonly ends?: boolean;
}

/** Return whether the person says yes. */
export async function confirmed(element: HTMLElement, question: Question): Promise<boolean> {
  const { title, text, yes, no, ends = false } = question;
  let show: Helpers["showConfirmationDialog"];
  try {
    show = (await window.loadCardHelpers?.())?.showConfirmationDialog;
  } catch {
    // The browser's own question is plain, but it asks.
  }
  if (!show) return window.confirm([title, text].filter(Boolean).join("\n"));
  return show(element, { title, text, confirmText: yes, dismissText: no, destructive: ends });
}
