/** What all cards, features and badges share. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { confirmed, type Question } from "./ask";
import { keepFocus } from "./focus";
import { type Found, learnNumbers, printers } from "./find";
import type { CardConfig, Hass } from "./hass";
import { moreInfo } from "./hass";
import { Printer } from "./printer";
import { load, reasonOf, type Words, words } from "./texts";
import { askAgain, isOutdated } from "./version";

type Service = readonly [domain: string, service: string, data?: Record<string, unknown>];

/** Return the entities of a printer that have one of these keys. */
export function watchedOf(found: Found, keys: readonly string[]): string[] {
  return [...found]
    .filter(([key]) => keys.some((each) => key === each || key.startsWith(`${each}.`)))
    .map(([, id]) => id);
}

export abstract class PrinterElement extends LitElement {
  static override properties = {
    hass: { attribute: false },
    printerId: { state: true },
    refusal: { state: true },
    running: { state: true },
    outdated: { state: true },
    known: { state: true },
  };

  declare hass: Hass | undefined;
  declare protected printerId: string | undefined;
  /** Why the last thing that was asked for was refused. */
  declare protected refusal: string | undefined;
  /** What is being carried out now. */
  declare protected running: string | undefined;
  declare protected outdated: boolean;
  /** Counts what was learned beside the states: texts, and numbers of slots. */
  declare protected known: number;
  private language = "";
  private entities: unknown;
  private watching: { found: Found; ids: string[] } | undefined;

  constructor() {
    super();
    this.outdated = false;
    this.known = 0;
  }

  setConfig(config: CardConfig): void {
    this.printerId = config.printer;
  }

  /** The keys of the entities that it shows; a key alone stands for all its numbers. */
  protected abstract readonly watched: readonly string[];

  protected get printer(): Printer {
    return new Printer(this.hass!, this.printerId);
  }

  protected get words(): Words {
    return words(this.hass!);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("connection-status", this.reconnected);
  }

  override disconnectedCallback(): void {
    window.removeEventListener("connection-status", this.reconnected);
    super.disconnectedCallback();
  }

  private readonly reconnected = (event: Event): void => {
    if ((event as CustomEvent).detail !== "connected") return;
    askAgain();
    this.entities = undefined;
    this.requestUpdate("known");
  };

  protected override shouldUpdate(changed: PropertyValues): boolean {
    if (!this.hass) return false;
    if (changed.size > 1 || !changed.has("hass")) return true;
    const before = changed.get("hass") as Hass | undefined;
    return !before || this.differs(before, this.hass);
  }

  protected differs(before: Hass, now: Hass): boolean {
    if (
      before.entities !== now.entities ||
      before.devices !== now.devices ||
      before.language !== now.language ||
      before.locale !== now.locale
    ) {
      return true;
    }
    return this.watches().some((id) => before.states[id] !== now.states[id]);
  }

  protected watches(): string[] {
    const { found } = this.printer;
    if (this.watching?.found !== found) {
      this.watching = { found, ids: watchedOf(found, this.watched) };
    }
    return this.watching.ids;
  }

  /** Remember what has the focus, because it may be moved or replaced. */
  protected override update(changed: PropertyValues): void {
    const back = keepFocus(this.renderRoot);
    super.update(changed);
    back();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const hass = this.hass!;
    if (hass.language !== this.language) {
      this.language = hass.language;
      void load(hass).then(this.learned);
    }
    if (hass.entities !== this.entities) {
      this.entities = hass.entities;
      void learnNumbers(hass).then(this.learned);
    }
    void isOutdated(hass).then((outdated) => {
      this.outdated = outdated;
    });
  }

  private readonly learned = (anything: boolean): void => {
    if (anything) this.known += 1;
  };

  protected readonly more = (key: string) => (): void => {
    const id = this.printer.entity(key);
    if (id) moreInfo(this, id);
  };

  /** Press a button of the printer, after a question if there is one. */
  protected press(key: string, question?: Question): Promise<boolean> {
    return this.carryOut(key, ["button", "press"], question);
  }

  /** Carry out an action on an entity of the printer, and show why it was refused. */
  protected async carryOut(key: string, service: Service, question?: Question): Promise<boolean> {
    const id = this.printer.entity(key);
    // Home Assistant calls it no error when an entity does not exist.
    if (!id || !this.hass!.states[id]) {
      this.refusal = this.words("gone");
      return false;
    }
    return this.call(key, service, { entity_id: id }, question);
  }

  /** Carry out one of the integration's own actions on the printer. */
  protected act(name: string, service: Service, question?: Question): Promise<boolean> {
    return this.call(name, service, { device_id: this.printerId }, question);
  }

  protected async call(
    name: string,
    [domain, service, data = {}]: Service,
    target: Record<string, unknown>,
    question?: Question,
  ): Promise<boolean> {
    if (this.running) return false;
    this.refusal = undefined;
    if (question && !(await confirmed(this, question))) return false;
    this.running = name;
    try {
      await this.hass!.callService(domain, service, data, target, false);
      return true;
    } catch (error) {
      this.refusal = await reasonOf(this.hass!, error);
      return false;
    } finally {
      this.running = undefined;
    }
  }

  /** A question: its title is one short line, because a dialog cuts it. */
  protected question(title: string, yes: string, more: Partial<Question> = {}): Question {
    return { title, yes, no: this.words("no"), ...more };
  }

  /** The question before a print is canceled, which names it. */
  protected cancelQuestion(): Question {
    const file = this.printer.value("sensor.file") ?? this.words("no_name");
    const text = this.words("ask_cancel_text", { file });
    return this.question(this.words("ask_cancel"), this.words("cancel_print"), { text, ends: true });
  }

  protected bar(percent: number | undefined, label: string, waiting = false): TemplateResult {
    return html`<div
      class="bar ${waiting ? "waiting" : ""}"
      role="progressbar"
      aria-label=${label}
      aria-valuenow=${(waiting ? undefined : percent) ?? nothing}
    >
      <div style=${waiting ? "" : `width:${percent ?? 0}%`}></div>
    </div>`;
  }

  /** What a person should know besides the printer: refusals, and an old page. */
  protected notices(): TemplateResult | typeof nothing {
    const { refusal, outdated } = this;
    if (!refusal && !outdated) return nothing;
    return html`
      ${outdated
        ? html`<div class="notice" role="status">
            <ha-icon icon="mdi:refresh"></ha-icon>
            <span>${this.words("outdated")}</span>
            <button class="text" @click=${() => location.reload()}>${this.words("reload")}</button>
          </div>`
        : nothing}
      ${refusal
        ? html`<div class="notice refusal" role="alert">
            <ha-icon icon="mdi:alert-circle-outline"></ha-icon>
            <span>${refusal}</span>
            <button
              class="icon"
              aria-label=${this.words("dismiss")}
              @click=${() => {
                this.refusal = undefined;
              }}
            >
              <ha-icon icon="mdi:close"></ha-icon>
            </button>
          </div>`
        : nothing}
    `;
  }

  /** A card without its printer says so; it is no error of the dashboard. */
  protected nobody(): TemplateResult {
    const key = this.printerId ? "removed" : "choose";
    return html`<ha-card><div class="empty">${this.words(key)}</div></ha-card>`;
  }
}

/** What a new card shows before anything is chosen: the first printer. */
export function stub(hass: Hass): { printer: string | undefined } {
  return { printer: printers(hass)[0]?.id };
}

/** The form of the visual editor: the printer is all there is to choose. */
export function form(required = true): { schema: unknown[]; computeLabel(): string | undefined } {
  return {
    schema: [
      {
        name: "printer",
        required,
        selector: { device: { integration: "flashforge" } },
      },
    ],
    computeLabel: () => {
      const page = document.querySelector("home-assistant") as { hass?: Hass } | null;
      return (page?.hass && words(page.hass)("printer")) || undefined;
    },
  };
}
