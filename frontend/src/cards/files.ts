/** `flashforge-files-card`: the newest files on the printer, and the way to print one. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { openDialog } from "../dialogs/open";
import type { PrintParams } from "../dialogs/print";
import { form, PrinterElement, stub } from "../lib/base";
import type { Source, StoredFile } from "../lib/files";
import { DOMAIN } from "../lib/hass";
import { shared } from "../lib/styles";
import { reasonOf } from "../lib/texts";
import { fileTile, ghosts, tiles } from "../lib/tiles";

const MOST = 6;

export class FilesCard extends PrinterElement {
  static override properties = {
    ...PrinterElement.properties,
    files: { state: true },
    reason: { state: true },
  };
  declare private files: readonly StoredFile[] | undefined;
  declare private reason: string | undefined;
  private watcher: IntersectionObserver | undefined;
  private asked: string | undefined;
  private visible = false;

  protected readonly watched = ["sensor.status", "sensor.upload_progress"];

  static getConfigForm = form;

  static getStubConfig = stub;

  getCardSize(): number {
    return 4;
  }

  getGridOptions(): unknown {
    return { columns: 12, rows: "auto", min_columns: 6 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.watcher = new IntersectionObserver(([entry]) => {
      this.visible = !!entry?.isIntersecting;
      this.look();
    });
    this.watcher.observe(this);
  }

  override disconnectedCallback(): void {
    this.watcher?.disconnect();
    super.disconnectedCallback();
  }

  protected override updated(_: PropertyValues): void {
    this.look();
  }

  /** Ask for the list: once, and again when the printer is back or has a new file. */
  private look(): void {
    const { printer } = this;
    if (!this.hass || !this.visible || !printer.exists || printer.offline) return;
    const uploading = printer.number("sensor.upload_progress") !== undefined;
    const reason = `${this.printerId} ${uploading}`;
    if (this.asked === reason) return;
    this.asked = reason;
    if (!uploading) void this.list();
  }

  private async list(): Promise<void> {
    try {
      this.files = await this.hass!.callWS<StoredFile[]>({ type: `${DOMAIN}/files`, device_id: this.printerId });
      this.reason = undefined;
    } catch (error) {
      this.reason = await reasonOf(this.hass!, error);
    }
  }

  private open(source?: Source): void {
    const closed = (): void => void this.list();
    const params: PrintParams = { printer: this.printerId!, closed, ...(source ? { source } : {}) };
    openDialog(this, "flashforge-print-dialog", params);
  }

  protected override render(): unknown {
    const { printer } = this;
    if (!printer.exists) return this.nobody();
    return html`<ha-card class="blue">
      <div class="card">
        ${this.notices()} ${this.content()}
        ${printer.offline
          ? nothing
          : html`<button class="big" @click=${() => this.open()}>
              <ha-icon icon="mdi:printer-3d-nozzle"></ha-icon><span>${this.words("open_files")}</span>
            </button>`}
      </div>
    </ha-card>`;
  }

  private content(): TemplateResult {
    const { files, reason } = this;
    if (this.printer.offline) {
      this.asked = undefined;
      return html`<p class="empty">${this.words("files_off")}</p>`;
    }
    if (reason) return html`<p class="empty">${reason}</p>`;
    if (!files) return ghosts(this.words("loading"), 3);
    if (!files.length) return html`<p class="empty">${this.words("no_files")}</p>`;
    return html`<div class="tiles">
      ${files
        .slice(0, MOST)
        .map((file) => fileTile(this.hass!, file, () => this.open({ name: file.name, picture: file.picture })))}
    </div>`;
  }

  static override styles = [
    shared,
    tiles,
    css`
      .card {
        display: grid;
        gap: 12px;
        padding: 12px;
      }
      p {
        margin: 0;
      }
      .tiles {
        gap: 8px;
        grid-template-columns: repeat(auto-fill, minmax(88px, 1fr));
      }
    `,
  ];
}
