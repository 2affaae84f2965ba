/** `flashforge-camera-card`: the camera with what the printer does, while it is visible. */

import { css, html, nothing, type TemplateResult } from "lit";
import { form, PrinterElement, stub } from "../lib/base";
import { address } from "../lib/hass";
import { duration, JOB, type Printer } from "../lib/printer";
import { shared } from "../lib/styles";

const SHOWN_FOR = 5_000;

export class CameraCard extends PrinterElement {
  static override properties = { ...PrinterElement.properties, bare: { state: true } };
  /** Whether nothing is written over the picture. */
  declare private bare: boolean;
  private timer: ReturnType<typeof setTimeout> | undefined;

  protected readonly watched = [
    "sensor.status",
    "sensor.progress",
    "sensor.remaining_time",
    "camera.camera",
    "switch.camera_power",
  ];

  constructor() {
    super();
    this.bare = false;
  }

  static getConfigForm = form;

  static getStubConfig = stub;

  getCardSize(): number {
    return 5;
  }

  getGridOptions(): unknown {
    return { columns: 12, rows: "auto", min_columns: 6 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.reveal();
  }

  override disconnectedCallback(): void {
    clearTimeout(this.timer);
    super.disconnectedCallback();
  }

  private readonly reveal = (): void => {
    clearTimeout(this.timer);
    this.bare = false;
    this.timer = setTimeout(() => {
      this.bare = true;
    }, SHOWN_FOR);
  };

  protected override render(): unknown {
    const { printer } = this;
    if (!printer.exists) return this.nobody();
    return html`<ha-card class=${printer.color}>
      <div
        class="frame ${this.bare ? "bare" : ""}"
        @pointermove=${this.reveal}
        @pointerdown=${this.reveal}
        @focusin=${this.reveal}
      >
        ${this.view(printer)}
      </div>
      ${this.notices()}
    </ha-card>`;
  }

  private view(printer: Printer): TemplateResult {
    const camera = printer.state("camera.camera");
    const power = printer.value("switch.camera_power");
    if (power === "off") {
      return html`<div class="nothing">
        <ha-icon icon="mdi:video-off-outline"></ha-icon>
        <span>${this.words("camera_off")}</span>
        <button
          class="text"
          @click=${() => this.carryOut("switch.camera_power", ["switch", "turn_on"])}
        >${this.words("turn_on")}</button>
      </div>`;
    }
    if (!camera || camera.state === "unavailable") {
      const text = printer.offline ? printer.words("sensor.status") : this.words("no_camera");
      return html`<div class="nothing">
        <ha-icon icon="mdi:video-off-outline"></ha-icon><span>${text}</span>
      </div>`;
    }
    const taken = camera.attributes["stream"] === "in_use";
    return html`<flashforge-live
        .hass=${this.hass}
        .entity=${camera.entity_id}
        .label=${this.words("camera_of", { printer: printer.name })}
      >
        <div class="nothing">
          <ha-icon icon="mdi:video-outline"></ha-icon>
          <span>${printer.attributeWords("camera.camera", "stream") ?? this.words("camera")}</span>
          ${taken ? html`<small>${this.words("camera_taken")}</small>` : nothing}
        </div>
      </flashforge-live>
      ${this.over(printer, String(camera.attributes["entity_picture"] ?? ""))}`;
  }

  private over(printer: Printer, picture: string): TemplateResult {
    const progress = printer.number("sensor.progress");
    const left = printer.minutesLeft;
    const working = JOB.has(printer.status);
    return html`<div class="over">
      <span class="chip">${printer.sentence(this.words)}</span>
      ${working && progress !== undefined ? html`<strong>${Math.round(progress)} %</strong>` : nothing}
      ${working && left !== undefined ? html`<span>${duration(this.words, left)}</span>` : nothing}
      <span class="tools">
        ${picture
          ? html`<a
              href=${address(this.hass!, picture)}
              download="${printer.name}.jpg"
              aria-label=${this.words("snapshot")}
              ><ha-icon icon="mdi:camera-outline"></ha-icon
            ></a>`
          : nothing}
        <button
          class="icon"
          aria-label=${this.words("full_screen")}
          @click=${() => void this.renderRoot.querySelector(".frame")?.requestFullscreen?.()}
        >
          <ha-icon icon="mdi:fullscreen"></ha-icon>
        </button>
      </span>
    </div>`;
  }

  static override styles = [
    shared,
    css`
      .frame {
        position: relative;
        aspect-ratio: 16 / 9;
        background: #111;
        color: #fff;
      }
      .nothing {
        position: absolute;
        inset: 0;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 8px;
        padding: 16px;
        text-align: center;
      }
      .over {
        position: absolute;
        inset-inline: 0;
        inset-block-end: 0;
        display: flex;
        align-items: center;
        gap: 10px;
        padding-block: 24px 4px;
        padding-inline: 12px 6px;
        background: linear-gradient(transparent, rgb(0 0 0 / 75%) 60%);
        transition: opacity 0.4s;
      }
      .chip {
        background: rgb(0 0 0 / 60%);
      }
      .bare .over {
        opacity: 0;
      }
      .over:focus-within {
        opacity: 1;
      }
      .tools {
        margin-inline-start: auto;
        display: flex;
      }
      .tools > *,
      button.icon {
        width: 40px;
        height: 40px;
        display: grid;
        place-items: center;
        color: #fff;
      }
      .text:focus-visible,
      a:focus-visible {
        outline: 2px solid #fff;
        border-radius: 50%;
      }
      .notice {
        margin: 8px;
      }
    `,
  ];
}
