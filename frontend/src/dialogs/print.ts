/** `flashforge-print-dialog`: choose a file, correct how it is printed, print it. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { PrinterElement } from "../lib/base";
import {
  type Abilities,
  above,
  type Check,
  check,
  dataOf,
  type MediaItem,
  neededTools,
  searched,
  type Source,
  type StoredFile,
  type Tool,
  unfit,
  type Wish,
} from "../lib/files";
import { DOMAIN, toast } from "../lib/hass";
import { send } from "../lib/send";
import { filament, spoolsOf, swatch } from "../lib/spools";
import { shared } from "../lib/styles";
import { reasonOf } from "../lib/texts";
import { dot, fileTile, ghosts, measures, pictureOf, tiles } from "../lib/tiles";
import { looks } from "./looks";

export interface PrintParams {
  readonly printer: string;
  /** A file on the printer, for the second page at once. */
  readonly source?: Source;
  closed?(): void;
}

const TABS = ["printer", "media", "device"] as const;
type Tab = (typeof TABS)[number];

const ROOT = `media-source://${DOMAIN}/prints`;
/** How many tiles are drawn before a person asks for more. */
const AT_ONCE = 48;
const NO_WISH: Wish = { options: {}, slots: {}, external: false, replace: false, insist: false };

/** The button of the printer that puts a problem right. */
const MENDS: Readonly<Record<string, string>> = {
  plate_occupied: "button.clear_plate",
  error_active: "button.clear_error",
  upload_runs: "button.cancel_upload",
};

/** What a person may allow in spite of a problem. */
const ALLOWED: Readonly<Record<string, readonly ["replace" | "insist" | "external", string]>> = {
  would_replace: ["replace", "overwrite"],
  file_for_other_printer: ["insist", "try_anyway"],
  start_ignored_before: ["insist", "try_anyway"],
  spool_mismatch: ["external", "try_anyway"],
};

interface Said {
  readonly key: string;
  readonly text: string;
  readonly tool: number;
}

/** What was asked for: an answer, why there is none, or nothing yet. */
interface Asked<Answer> {
  readonly answer?: Answer;
  readonly error?: string;
}

export class PrintDialog extends PrinterElement {
  static override properties = {
    ...PrinterElement.properties,
    opened: { state: true },
    tab: { state: true },
    able: { state: true },
    stored: { state: true },
    media: { state: true },
    query: { state: true },
    most: { state: true },
    source: { state: true },
    wish: { state: true },
    found: { state: true },
    checking: { state: true },
    sending: { state: true },
    starting: { state: true },
    over: { state: true },
  };

  declare private opened: boolean;
  declare private tab: Tab;
  declare private able: Asked<Abilities>;
  declare private stored: Asked<StoredFile[]>;
  declare private media: Asked<MediaItem>;
  declare private query: string;
  declare private most: number;
  declare private source: Source | undefined;
  declare private wish: Wish;
  declare private found: Check | undefined;
  declare private checking: boolean;
  /** The file on its way from this device to Home Assistant. */
  declare private sending: { name: string; percent: number } | undefined;
  /** Whether an upload or a start is on its way to the printer. */
  declare private starting: boolean;
  /** Whether a file is held over the dialog. */
  declare private over: boolean;
  private params: PrintParams | undefined;
  private folder = ROOT;
  private stop: AbortController | undefined;
  private described = new Map<string, Partial<StoredFile>>();
  private said: readonly Said[] = [];
  private matched: Record<number, number> = {};
  private situation = "";
  private again = false;

  protected readonly watched = [
    "sensor.status",
    "sensor.error",
    "sensor.upload_progress",
    "sensor.slot",
    "sensor.direct_feed",
    "binary_sensor.plate_occupied",
  ];

  constructor() {
    super();
    this.opened = this.checking = this.over = false;
    this.reset();
  }

  private reset(): void {
    this.tab = "printer";
    this.able = this.stored = this.media = {};
    this.described.clear();
    this.starting = false;
    this.search("");
    this.leave();
  }

  /** Home Assistant calls this to open the dialog, and `closeDialog` to close it. */
  showDialog(params: PrintParams): void {
    this.reset();
    this.params = params;
    this.printerId = params.printer;
    this.opened = true;
    void this.begin();
  }

  closeDialog(): boolean {
    this.opened = false;
    return true;
  }

  private readonly closed = (event: Event): void => {
    if (event.target !== event.currentTarget || !this.params) return;
    const { params } = this;
    this.opened = false;
    this.params = undefined;
    this.stop?.abort();
    if (!this.starting) this.leave();
    params.closed?.();
    this.requestUpdate("opened");
    const detail = { dialog: this.localName };
    this.dispatchEvent(new CustomEvent("dialog-closed", { bubbles: true, composed: true, detail }));
  };

  protected override shouldUpdate(changed: PropertyValues): boolean {
    return (this.opened || changed.has("opened")) && super.shouldUpdate(changed);
  }

  protected override updated(changed: PropertyValues): void {
    const plain = this.renderRoot.querySelector("dialog");
    if (plain && plain.open !== this.opened) plain[this.opened ? "showModal" : "close"]();
    if (changed.has("source") && changed.get("source") !== this.source) {
      this.renderRoot.querySelector<HTMLElement>(".back, [role=tab][aria-selected=true]")?.focus();
    }
    // What a person does at the printer meanwhile changes what is found.
    const ids = this.watches().filter((id) => id !== this.printer.entity("sensor.upload_progress"));
    const situation = ids.map((id) => this.hass!.states[id]?.state).join();
    const differs = situation !== this.situation;
    this.situation = situation;
    if (differs && this.found && !this.starting) queueMicrotask(() => this.check());
  }

  // What is asked of Home Assistant

  private async fetch<Answer>(message: Record<string, unknown>): Promise<Asked<Answer>> {
    try {
      return { answer: await this.hass!.callWS<Answer>(message) };
    } catch (error) {
      return { error: await reasonOf(this.hass!, error) };
    }
  }

  private async begin(): Promise<void> {
    const { params } = this;
    const device_id = this.printerId;
    this.able = {};
    const able = await this.fetch<Abilities>({ type: `${DOMAIN}/print_abilities`, device_id });
    if (params !== this.params) return;
    this.able = able;
    if (!able.answer) return;
    if (params?.source) this.choose(params.source);
    void this.list();
  }

  private readonly list = async (): Promise<void> => {
    const { params } = this;
    this.stored = {};
    const stored = await this.fetch<StoredFile[]>({ type: `${DOMAIN}/files`, device_id: this.printerId });
    if (params === this.params) this.stored = stored;
  };

  private async browse(folder: string): Promise<void> {
    this.folder = folder;
    this.media = {};
    this.search("");
    const media = await this.fetch<MediaItem>({ type: "media_source/browse_media", media_content_id: folder });
    if (folder !== this.folder) return;
    this.media = media;
    void this.describe();
  }

  /** Ask what the files say of themselves that are drawn, one after the other. */
  private async describe(): Promise<void> {
    const { params, media } = this;
    const files = (media.answer?.children ?? []).filter(({ can_expand }) => !can_expand);
    for (const { media_content_id: id } of files.slice(0, this.most)) {
      if (this.described.has(id)) continue;
      this.described.set(id, {});
      const { answer } = await this.fetch<Partial<StoredFile>>({ type: `${DOMAIN}/describe`, media: id });
      if (params !== this.params || media !== this.media) {
        this.described.delete(id);
        return;
      }
      this.described.set(id, answer ?? {});
      this.requestUpdate("media");
    }
  }

  private async check(): Promise<void> {
    this.again = true;
    if (this.checking) return;
    this.checking = true;
    for (let source = this.source; this.again && source; source = this.source) {
      this.again = false;
      try {
        const found = await check(this.hass!, this.printerId!, source, this.wish);
        const said = await Promise.all(
          found.problems.map(async ({ key, message, placeholders }) => ({
            key,
            text: await reasonOf(this.hass!, {
              message,
              translation_domain: DOMAIN,
              translation_key: key,
              translation_placeholders: placeholders,
            }),
            tool: Number(placeholders?.["tool"] ?? 0),
          })),
        );
        if (source !== this.source) continue;
        this.said = said;
        this.found = found;
        for (const { tool, slot } of found.materials ?? []) this.matched[tool] = slot;
      } catch (error) {
        const reason = await reasonOf(this.hass!, error);
        if (source === this.source) this.refusal = reason;
      }
    }
    this.checking = false;
  }

  private async start(what: "print" | "upload"): Promise<void> {
    const { params, source, hass } = this;
    if (!source) return;
    const service = source.media || source.file ? "upload_file" : "print_file";
    const target = { device_id: this.printerId };
    let reason: string | undefined;
    this.refusal = undefined;
    this.starting = true;
    try {
      await hass!.callService(DOMAIN, service, dataOf(source, this.wish, what), target, false);
    } catch (error) {
      reason = await reasonOf(hass!, error);
    }
    if (params !== this.params) {
      // The dialog was closed meanwhile.
      if (reason) toast(this, reason);
      return;
    }
    this.starting = false;
    if (reason) {
      this.refusal = reason;
      void this.check();
      return;
    }
    toast(this, this.words(what === "print" ? "print_started" : "uploaded", { file: source.name }));
    this.closeDialog();
  }

  private async send(file: File | undefined): Promise<void> {
    if (!file || this.sending) return;
    const { name } = file;
    const types = this.able.answer?.types ?? [];
    const wrong = unfit(file, types);
    this.refusal = wrong && this.words(wrong, { file: name, types: types.join(", ") });
    if (wrong) return;
    const stop = (this.stop = new AbortController());
    this.sending = { name, percent: 0 };
    try {
      const id = await send(
        this.hass!,
        file,
        (percent) => {
          this.sending = { name, percent };
        },
        stop.signal,
      );
      this.choose({ name, file: id });
    } catch {
      if (!stop.signal.aborted) this.refusal = this.words("send_failed", { file: name });
    }
    this.sending = undefined;
  }

  // What a person does

  private search(query: string): void {
    this.query = query;
    this.most = AT_ONCE;
  }

  private readonly further = (): void => {
    this.most += AT_ONCE;
    void this.describe();
  };

  private turn(tab: Tab): void {
    this.tab = tab;
    this.refusal = undefined;
    this.search("");
    if (tab === "media" && !this.media.answer) void this.browse(this.folder);
  }

  private choose(source: Source): void {
    this.leave();
    const options = Object.fromEntries(
      (this.able.answer?.options ?? []).map((name) => [name, name === "leveling"]),
    );
    this.wish = { ...NO_WISH, options };
    this.source = source;
    void this.check();
  }

  /** Go back to the files; one that was sent is not needed any more. */
  private leave(): void {
    const file = this.source?.file;
    if (file) this.hass?.callWS({ type: `${DOMAIN}/forget_file`, file }).catch(() => undefined);
    this.source = this.found = this.refusal = undefined;
    this.wish = NO_WISH;
    this.matched = {};
    this.said = [];
  }

  private want(change: Partial<Wish>): void {
    this.wish = { ...this.wish, ...change };
    void this.check();
  }

  // What is shown

  protected override render(): unknown {
    if (!this.params || !this.hass) return nothing;
    const { source, starting } = this;
    const title = source?.name ?? this.words("print_on", { printer: this.printer.name });
    const body = html`<div class="body">${this.notices()} ${this.body()}</div>`;
    const foot = source && !starting ? this.foot() : nothing;
    const back = html`<button
      class="icon back"
      slot="headerNavigationIcon"
      aria-label=${this.words("back")}
      @click=${() => this.leave()}
    >
      <ha-icon icon="mdi:arrow-left"></ha-icon>
    </button>`;
    const returns = source && !starting;
    if (customElements.get("ha-dialog")) {
      return html`<ha-dialog .open=${this.opened} header-title=${title} @closed=${this.closed}>
        ${returns ? back : nothing} ${body} ${foot}
      </ha-dialog>`;
    }
    return html`<dialog aria-label=${title} @close=${this.closed}>
      <header>
        ${returns ? back : nothing}
        <h2>${title}</h2>
        <button class="icon" aria-label=${this.words("close")} @click=${() => this.closeDialog()}>
          <ha-icon icon="mdi:close"></ha-icon>
        </button>
      </header>
      ${body} ${foot}
    </dialog>`;
  }

  private body(): TemplateResult {
    const { able, source, sending } = this;
    if (able.error) return this.failed(able.error, () => this.begin());
    if (this.starting) {
      const percent = this.printer.number("sensor.upload_progress");
      return this.progress(
        percent === undefined ? this.words("starting") : this.words("uploading", { file: source!.name }),
        percent,
        percent === undefined ? undefined : () => this.press("button.cancel_upload"),
      );
    }
    if (sending) {
      const { name, percent } = sending;
      return this.progress(this.words("sending", { file: name }), percent, () => this.stop?.abort());
    }
    return source ? this.second() : this.first();
  }

  private progress(label: string, percent: number | undefined, cancel?: () => void): TemplateResult {
    return html`<div class="progress blue" aria-live="polite">
      <strong>${label}</strong>
      ${this.bar(percent ?? 0, label, percent === undefined)}
      <span class="muted">${percent === undefined ? nothing : `${percent} %`}</span>
      ${cancel ? html`<button class="big red" @click=${cancel}>${this.words("cancel_upload")}</button>` : nothing}
    </div>`;
  }

  private failed(reason: string, again: () => void): TemplateResult {
    return html`<div class="empty" role="alert">
      <ha-icon icon="mdi:alert-circle-outline"></ha-icon>
      <p>${reason}</p>
      <button class="text" @click=${again}>${this.words("try_again")}</button>
    </div>`;
  }

  private first(): TemplateResult {
    const move = (event: KeyboardEvent): void => {
      const rtl = getComputedStyle(this).direction === "rtl";
      const by = { ArrowRight: rtl ? 2 : 1, ArrowLeft: rtl ? 1 : 2 }[event.key];
      if (!by) return;
      this.turn(TABS[(TABS.indexOf(this.tab) + by) % 3]!);
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLElement>("[role=tab][aria-selected=true]")?.focus(),
      );
    };
    return html`<div class="tabs" role="tablist" @keydown=${move}>
        ${TABS.map(
          (tab) => html`<button
            role="tab"
            id=${tab}
            aria-controls="panel"
            aria-selected=${tab === this.tab}
            tabindex=${tab === this.tab ? 0 : -1}
            @click=${() => this.turn(tab)}
          >
            ${this.words(`from_${tab}`)}
          </button>`,
        )}
      </div>
      <div id="panel" role="tabpanel" aria-labelledby=${this.tab}>${this[this.tab === "printer" ? "onPrinter" : this.tab === "media" ? "inMedia" : "onDevice"]()}</div>`;
  }

  private onPrinter(): TemplateResult {
    const { answer, error } = this.stored;
    if (error) return this.failed(error, this.list);
    return this.grid(
      answer,
      ({ name }) => name,
      (file) => fileTile(this.hass!, file, () => this.choose({ name: file.name, picture: file.picture })),
      this.words("no_files"),
    );
  }

  private inMedia(): TemplateResult {
    const { answer, error } = this.media;
    if (error) return this.failed(error, () => this.browse(this.folder));
    const up = above(this.folder);
    return html`${up
      ? html`<button class="text" @click=${() => this.browse(up)}>
          <ha-icon icon="mdi:arrow-up"></ha-icon><span>${this.words("folder_above")}</span>
        </button>`
      : nothing}
    ${this.grid(
      answer && (answer.children ?? []),
      ({ title }) => title,
      ({ title: name, media_content_id: media, can_expand }) => {
        if (can_expand) return fileTile(this.hass!, { name, icon: "mdi:folder" }, () => this.browse(media));
        const file = { ...this.described.get(media), name };
        return fileTile(this.hass!, file, () => this.choose({ name, media, picture: file.picture }));
      },
      this.words("no_media"),
    )}`;
  }

  private grid<Item>(
    items: readonly Item[] | undefined,
    nameOf: (item: Item) => string,
    tile: (item: Item) => TemplateResult,
    none: string,
  ): TemplateResult {
    if (!items) return ghosts(this.words("loading"), 8);
    if (!items.length) return html`<div class="empty"><ha-icon icon="mdi:tray"></ha-icon><p>${none}</p></div>`;
    const fit = searched(items, nameOf, this.query);
    return html`<input
        type="search"
        placeholder=${this.words("search")}
        aria-label=${this.words("search")}
        .value=${this.query}
        @input=${(event: Event) => this.search((event.target as HTMLInputElement).value)}
      />
      <div class="tiles">${fit.slice(0, this.most).map(tile)}</div>
      ${fit.length ? nothing : html`<p class="empty" role="status">${this.words("not_found")}</p>`}
      ${fit.length > this.most
        ? html`<button class="text" @click=${this.further}>${this.words("more")}</button>`
        : nothing}`;
  }

  private onDevice(): TemplateResult {
    const hold = (over: boolean) => (event: DragEvent) => {
      event.preventDefault();
      this.over = over;
    };
    return html`<div
      class="drop ${this.over ? "over" : ""}"
      @dragover=${hold(true)}
      @dragleave=${hold(false)}
      @drop=${(event: DragEvent) => {
        hold(false)(event);
        void this.send(event.dataTransfer?.files[0]);
      }}
    >
      <ha-icon icon="mdi:upload"></ha-icon>
      <p>${this.words("drop")}</p>
      <button class="big blue" @click=${() => this.renderRoot.querySelector<HTMLInputElement>("input[type=file]")?.click()}>
        ${this.words("choose_file")}
      </button>
      <small class="muted">${this.words("limits", { types: this.able.answer?.types.join(", ") ?? "" })}</small>
      <input
        type="file"
        hidden
        aria-label=${this.words("choose_file")}
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          void this.send(input.files?.[0]);
          input.value = "";
        }}
      />
    </div>`;
  }

  private second(): TemplateResult {
    const { found, source } = this;
    if (!found) {
      return this.refusal
        ? html`<button class="text" @click=${() => this.want({})}>${this.words("try_again")}</button>`
        : this.progress(this.words("checking"), undefined);
    }
    const general = this.said.filter(({ tool }) => !this.tools.some((each) => each.tool === tool));
    return html`<div class="about">
        ${pictureOf(this.hass!, source!.picture)}
        <div>
          <strong>${measures(this.hass!, found)}</strong>
          ${found.remarks.map((key) => this.remark(key))}
        </div>
      </div>
      ${general.map((each) => this.problem(each))}
      ${this.tools.length ? html`<section>${this.tools.map((tool) => this.tool(tool))}</section>` : nothing}
      ${this.options()}`;
  }

  private get tools(): Tool[] {
    return this.found ? neededTools(this.found) : [];
  }

  private remark(key: string): TemplateResult {
    return html`<small class="remark"><ha-icon icon="mdi:information-outline"></ha-icon>${this.words(key)}</small>`;
  }

  private problem({ key, text }: Said): TemplateResult {
    const mend = MENDS[key];
    const [allow, label] = ALLOWED[key] ?? [];
    const mends = async (): Promise<void> => {
      if (await this.press(mend!)) void this.check();
    };
    return html`<div class="notice refusal" role="alert">
      <ha-icon icon="mdi:alert-circle-outline"></ha-icon>
      <span>${text}</span>
      ${mend && this.printer.entity(mend)
        ? html`<button class="text" ?disabled=${!!this.running} @click=${mends}>${this.words(mend.slice(7))}</button>`
        : nothing}
      ${allow && label
        ? html`<button class="text" @click=${() => this.want({ [allow]: true })}>${this.words(label)}</button>`
        : nothing}
    </div>`;
  }

  /** What one tool needs, and the slot that feeds it. */
  private tool(tool: Tool): TemplateResult {
    const spools = spoolsOf(this.printer).filter(({ number }) => number > 0);
    const slot = this.wish.slots[tool.tool] ?? this.matched[tool.tool];
    const held = spools.find(({ number }) => number === slot);
    const wrong = this.said.filter((each) => each.tool === tool.tool);
    const remarks = this.found!.materials?.find((each) => each.tool === tool.tool)?.remarks ?? [];
    const needs = [tool.material ?? this.words("unknown"), this.color(tool), tool.weight ? this.words("grams", { grams: tool.weight.toFixed(1) }) : ""];
    const chosen = (event: Event): void => {
      const number = Number((event.target as HTMLSelectElement).value);
      this.want({ slots: { ...this.wish.slots, [tool.tool]: number } });
    };
    return html`<div class="tool">
      ${dot(tool)}
      <span id="tool${tool.tool}">${this.words("needs", { filament: needs.filter(Boolean).join(" ") })}</span>
      ${spools.length && !this.wish.external
        ? html`<span class="slot">${held ? swatch(held) : nothing}<select
            aria-labelledby="tool${tool.tool}"
            class=${wrong.length ? "wrong" : ""}
            @change=${chosen}
          >
            ${slot ? nothing : html`<option value="" selected disabled>${this.words("choose_slot")}</option>`}
            ${spools.map(
              (spool) => html`<option value=${spool.number} .selected=${spool.number === slot}>
                ${this.words("slot", { number: String(spool.number) })}: ${filament(this.words, spool)}
              </option>`,
            )}
          </select></span>`
        : nothing}
      ${wrong.map(({ text }) => html`<small class="wrong" role="alert">${text}</small>`)}
      ${wrong.length ? nothing : remarks.map((key) => this.remark(key))}
    </div>`;
  }

  /** The name of a color as the slots call it. */
  private color({ color_name }: Tool): string {
    const state = this.printer.state("sensor.slot.1") ?? this.printer.state("sensor.direct_feed");
    if (!color_name || !state) return "";
    return this.hass!.formatEntityAttributeValue({ ...state, attributes: { color_name } }, "color_name");
  }

  private options(): TemplateResult | typeof nothing {
    const { options, external } = this.wish;
    const box = (label: string, checked: boolean, change: (checked: boolean) => void): TemplateResult =>
      html`<label class="option">
        <input
          type="checkbox"
          .checked=${checked}
          @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
        />
        ${this.words(label)}
      </label>`;
    const boxes = Object.entries(options).map(([name, on]) =>
      box(`option_${name}`, on, (checked) => {
        this.wish = { ...this.wish, options: { ...options, [name]: checked } };
      }),
    );
    if (this.printer.entity("sensor.direct_feed") && this.tools.length < 2) {
      boxes.push(box("option_external", external, (checked) => this.want({ external: checked })));
    }
    return boxes.length ? html`<section>${boxes}</section>` : nothing;
  }

  private foot(): TemplateResult {
    const { found, source, checking } = this;
    const local = source?.media || source?.file;
    return html`<div slot="footer" class="buttons">
      ${local
        ? html`<button class="big" ?disabled=${!found} @click=${() => this.start("upload")}>
            <ha-icon icon="mdi:upload"></ha-icon><span>${this.words("only_upload")}</span>
          </button>`
        : nothing}
      <button class="big blue main" ?disabled=${checking || !found?.can_print} @click=${() => this.start("print")}>
        <ha-icon icon="mdi:printer-3d-nozzle"></ha-icon><span>${this.words("print")}</span>
      </button>
    </div>`;
  }

  static override styles = [shared, tiles, looks];
}
