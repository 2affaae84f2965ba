/** `flashforge-printer-card`: a printer, its job, and what can be done now. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { openDialog } from "../dialogs/open";
import { form, PrinterElement, stub } from "../lib/base";
import { numbersOf } from "../lib/find";
import { address, navigate } from "../lib/hass";
import { duration, JOB, moment, type Printer, WORKING } from "../lib/printer";
import { shared } from "../lib/styles";

/** Why a printer is away that a repair of Home Assistant cures. */
const REPAIRED = /^(lan_mode_off|wrong_code|wrong_serial|other_printer)$/;
/** A print that is over, whose last picture is worth a look. */
const OVER = new Set(["completed", "canceled", "error"]);
const TILES: readonly (readonly [string, string, string])[] = [
  ["sensor.nozzle_temperature", "number.nozzle_target", "mdi:printer-3d-nozzle-heat"],
  ["sensor.bed_temperature", "number.bed_target", "mdi:radiator"],
  ["sensor.chamber_temperature", "number.chamber_target", "mdi:cube-scan"],
];

interface Heat {
  readonly key: string;
  readonly icon: string;
  readonly label: string;
  readonly value: number;
  /** How much is missing. */
  readonly behind: number;
  /** The target with its unit, or the unit alone. */
  readonly goal: string;
  readonly hot: boolean;
}

export class PrinterCard extends PrinterElement {
  static override properties = {
    ...PrinterElement.properties,
    live: { state: true },
    frame: { state: true },
  };
  declare private live: boolean;
  /** The signed address of the camera's last picture of the print. */
  declare private frame: string | undefined;
  private path: unknown;

  protected readonly watched = [
    "sensor.status",
    "sensor.progress",
    "sensor.remaining_time",
    "sensor.finish_time",
    "sensor.file",
    "sensor.current_layer",
    "sensor.total_layers",
    "sensor.last_print",
    "sensor.error",
    "sensor.material",
    "sensor.upload_progress",
    "sensor.offline_reason",
    "sensor.nozzle_n_temperature",
    "number.nozzle_n_target",
    "binary_sensor.plate_occupied",
    "binary_sensor.door",
    "event.print",
    "light.light",
    "switch.power",
    "camera.camera",
    "image.job_thumbnail",
    ...TILES.flatMap(([now, target]) => [now, target]),
  ];

  constructor() {
    super();
    this.live = false;
  }

  static getConfigForm = form;

  static getStubConfig = stub;

  getCardSize(): number {
    return 6;
  }

  getGridOptions(): unknown {
    return { columns: 12, rows: "auto", min_columns: 6 };
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { printer } = this;
    const path = OVER.has(printer.status) && printer.attribute("event.print", "picture");
    if (path === this.path) return;
    this.path = path;
    this.frame = undefined;
    // The picture is for people who are logged in, so its address needs a signature.
    if (path) {
      this.hass!.callWS<{ path: string }>({ type: "auth/sign_path", path, expires: 600 }).then(
        (signed) => {
          if (path === this.path) this.frame = address(this.hass!, signed.path);
        },
        () => undefined,
      );
    }
  }

  protected override render(): unknown {
    const { printer } = this;
    if (!printer.exists) return this.nobody();
    return html`<ha-card class=${printer.color}>
      <div class="card">
        ${this.header(printer)} ${this.notices()} ${this.trouble(printer)}
        ${this.upload(printer)} ${this.job(printer)} ${this.temperatures(printer)}
        ${this.buttons(printer)}
      </div>
    </ha-card>`;
  }

  private header(printer: Printer): TemplateResult {
    const light = printer.value("light.light");
    const power = printer.value("switch.power");
    return html`<div class="header">
      <button
        class="name"
        aria-label=${this.words("open_device", { printer: printer.name })}
        @click=${() => navigate(`/config/devices/device/${this.printerId}`)}
      >
        <ha-icon icon="mdi:printer-3d"></ha-icon>
        <span>${printer.name}</span>
      </button>
      ${printer.entity("sensor.status")
        ? html`<button class="state" @click=${this.more("sensor.status")}>
            <span class="chip">${printer.sentence(this.words)}</span>
          </button>`
        : nothing}
      <span class="tools">
        ${light === undefined
          ? nothing
          : html`<button
              class="icon ${light}"
              aria-pressed=${light === "on"}
              aria-label=${this.words("light")}
              @click=${() => this.carryOut("light.light", ["light", "toggle"])}
            >
              <ha-icon icon=${light === "on" ? "mdi:lightbulb" : "mdi:lightbulb-outline"}></ha-icon>
            </button>`}
        ${power === undefined
          ? nothing
          : html`<button
              class="icon"
              aria-pressed=${power === "on"}
              aria-label=${this.words("power")}
              @click=${() => this.togglePower(power === "on")}
            >
              <ha-icon icon="mdi:power"></ha-icon>
            </button>`}
      </span>
    </div>`;
  }

  private togglePower(on: boolean): void {
    const question = on
      ? this.question(this.words("ask_power", { printer: this.printer.name }), this.words("turn_off"), { ends: true })
      : undefined;
    void this.carryOut("switch.power", ["switch", on ? "turn_off" : "turn_on"], question);
  }

  /** What needs a person: the error with its cure, why it is paused or off, what waits. */
  private trouble(printer: Printer): TemplateResult | typeof nothing {
    if (printer.offline) return this.absence(printer);
    const { undo } = printer;
    return html`${this.reason(printer)}
    ${undo
      ? html`<div class="notice">
          <span>${this.words("waits")}</span>
          <button class="text" @click=${() => this.press(undo)}>${this.words("undo")}</button>
        </div>`
      : nothing}`;
  }

  private absence(printer: Printer): TemplateResult {
    const since = moment(this.hass!, printer.state("sensor.status")?.last_changed);
    const reason = printer.value("sensor.offline_reason");
    const why = printer.absence;
    return html`<div class="said">
      ${why ? html`<strong>${why}</strong>` : nothing}
      ${since ? html`<span class="muted">${this.words("off_since", { time: since })}</span>` : nothing}
      ${reason && REPAIRED.test(reason) && this.hass!.user?.is_admin
        ? html`<button class="text" @click=${() => navigate("/config/repairs")}>${this.words("repair")}</button>`
        : nothing}
    </div>`;
  }

  /** Why the print is paused or the printer stands, as far as that was seen. */
  private reason(printer: Printer): TemplateResult | typeof nothing {
    const { hasError } = printer;
    const key = hasError ? "sensor.error" : "event.print";
    const paused = printer.status === "paused" && printer.attribute(key, "event_type") === "paused";
    const what = hasError
      ? (printer.words(key) ?? this.words("error"))
      : paused && printer.attributeWords(key, "reason");
    const code = hasError && printer.attribute(key, "code");
    if (!what) return nothing;
    return html`<button class="said ${hasError ? "wrong" : ""}" @click=${this.more(key)}>
      <strong>${what}</strong>
      <span>${printer.attributeWords(key, "cure")}</span>
      ${code ? html`<small>${String(code)}</small>` : nothing}
    </button>`;
  }

  private upload(printer: Printer): TemplateResult | typeof nothing {
    const percent = printer.number("sensor.upload_progress");
    if (percent === undefined) return nothing;
    const file = String(printer.attribute("sensor.upload_progress", "file") ?? "");
    return html`<div class="blue upload">
      <div class="row"><span class="cut">${this.words("uploading", { file })}</span><span>${percent} %</span></div>
      ${this.bar(percent, this.words("uploading", { file }))}
    </div>`;
  }

  private job(printer: Printer): TemplateResult | typeof nothing {
    const { status } = printer;
    const working = printer.hasJob;
    const last = working ? undefined : printer.value("sensor.last_print");
    const file = last ?? printer.value("sensor.file");
    const done = status === "completed" || status === "canceled";
    const picture = this.picture(printer);
    if (!file && !working) return nothing;
    const progress = printer.number("sensor.progress");
    return html`<div class="job ${working || done ? "" : "small"}">
      ${picture}
      <div class="facts">
        ${file
          ? html`<button class="file" @click=${this.more("sensor.file")}>
              ${working || done ? nothing : html`<small class="muted">${this.words("last_print")}</small>`}
              <span>${file}</span>
            </button>`
          : nothing}
        ${working && progress !== undefined
          ? html`<button class="percent" @click=${this.more("sensor.progress")}>${Math.round(progress)} %</button>`
          : nothing}
        ${working
          ? this.bar(progress, this.words("progress"), status === "heating" || status === "calibrating")
          : nothing}
        ${working ? this.times(printer) : last ? this.summary(printer) : nothing}
      </div>
    </div>`;
  }

  private times(printer: Printer): TemplateResult {
    const [cold] = printer.status === "heating" ? this.heats(printer).sort((one, other) => other.behind - one.behind) : [];
    const left = printer.minutesLeft;
    const done = moment(this.hass!, printer.value("sensor.finish_time"));
    const layer = printer.number("sensor.current_layer");
    const layers = printer.number("sensor.total_layers");
    const material = printer.value("sensor.material");
    const parts = [
      cold && cold.behind > 2 ? this.words("warming", { part: cold.label, now: String(cold.value), goal: cold.goal }) : "",
      left === undefined ? "" : this.words("left", { time: duration(this.words, left) }),
      done ? this.words("done_at", { time: done }) : "",
      layer === undefined || !layers ? "" : this.words("layer", { layer: String(layer), layers: String(layers) }),
      material ?? "",
    ].filter(Boolean);
    return html`<div class="times">${parts.map((part) => html`<span>${part}</span>`)}</div>`;
  }

  /** What became of the print that ended last. */
  private summary(printer: Printer): TemplateResult {
    const seconds = Number(printer.attribute("sensor.last_print", "duration"));
    const grams = Number(printer.attribute("sensor.last_print", "filament_weight"));
    const end = printer.attribute("sensor.last_print", "end");
    const parts = [
      printer.attributeWords("sensor.last_print", "result") ?? "",
      typeof end === "string" ? (moment(this.hass!, end) ?? "") : "",
      seconds > 0 ? this.words("took", { time: duration(this.words, seconds / 60) }) : "",
      grams > 0 ? `${grams.toFixed(1)} g` : "",
    ].filter(Boolean);
    return html`<div class="times">${parts.map((part) => html`<span>${part}</span>`)}</div>`;
  }

  /** The picture of the job; a tap shows the camera instead, and back. */
  private picture(printer: Printer): TemplateResult | typeof nothing {
    const camera = printer.state("camera.camera");
    const watchable = !!camera && camera.state !== "unavailable";
    const image = printer.attribute("image.job_thumbnail", "entity_picture");
    const there = printer.value("image.job_thumbnail");
    const { frame } = this;
    if (!watchable && !(image && there) && !frame) return nothing;
    const live = this.live && watchable;
    const still = frame
      ? html`<img alt=${this.words("last_frame")} src=${frame} />`
      : image && there
        ? html`<img
            alt=${this.words("preview")}
            src=${address(this.hass!, `${String(image)}&state=${there}`)}
            @error=${(event: Event) => ((event.target as HTMLElement).style.visibility = "hidden")}
          />`
        : html`<ha-icon icon="mdi:cube-outline"></ha-icon>`;
    return html`<button
      class="picture"
      aria-label=${this.words(live ? "show_preview" : "show_camera")}
      ?disabled=${!watchable}
      @click=${() => {
        this.live = !live;
      }}
    >
      ${live
        ? html`<flashforge-live
            .hass=${this.hass}
            .entity=${camera.entity_id}
            .label=${this.words("camera")}
            >${printer.attributeWords("camera.camera", "stream")}</flashforge-live
          >`
        : still}
      ${watchable
        ? html`<ha-icon class="flip" icon=${live ? "mdi:image-outline" : "mdi:video-outline"}></ha-icon>`
        : nothing}
    </button>`;
  }

  /** The heaters, with how far each is from its target. */
  private heats(printer: Printer): Heat[] {
    const nozzles = numbersOf(printer.found, "sensor.nozzle_n_temperature").map(
      (number) =>
        [
          `sensor.nozzle_n_temperature.${number}`,
          `number.nozzle_n_target.${number}`,
          "mdi:printer-3d-nozzle-heat",
          this.words("nozzle_n", { number: String(number) }),
        ] as const,
    );
    const tiles = [...nozzles, ...TILES.map(([now, target, icon]) => [now, target, icon, this.words(now.slice(7))] as const)];
    return tiles.flatMap(([now, target, icon, label]) => {
      const value = printer.number(now);
      if (value === undefined) return [];
      const goal = printer.number(target);
      const unit = String(printer.attribute(now, "unit_of_measurement") ?? "°");
      const key = printer.entity(target) ? target : now;
      return [
        { key, icon, label, value: Math.round(value), behind: (goal ?? 0) - value, goal: `${goal ? `${Math.round(goal)} ` : ""}${unit}`, hot: !!goal },
      ];
    });
  }

  private temperatures(printer: Printer): TemplateResult | typeof nothing {
    if (printer.offline) return nothing;
    const shown = this.heats(printer).map(({ key, icon, label, value, goal, hot }) =>
      this.tile(key, icon, label, `${value} ${hot ? "/ " : ""}${goal}`, hot),
    );
    if (printer.value("binary_sensor.door") === "on") {
      const key = "binary_sensor.door";
      shown.push(this.tile(key, "mdi:door-open", this.words("door"), printer.words(key)!));
    }
    return shown.length ? html`<div class="heats">${shown}</div>` : nothing;
  }

  private tile(key: string, icon: string, label: string, text: string, hot = false): TemplateResult {
    return html`<button class="heat ${hot ? "hot" : ""}" @click=${this.more(key)}>
      <ha-icon icon=${icon}></ha-icon>
      <span><small class="muted">${label} </small>${text}</span>
    </button>`;
  }

  private buttons(printer: Printer): TemplateResult | typeof nothing {
    const { status, offline } = printer;
    const job = JOB.has(status) || (status === "calibrating" && printer.hasJob);
    const plate = !offline && !job && printer.plateOccupied;
    const runs = status === "printing" || status === "heating";
    const stands = status === "paused" || status === "pausing";
    const uploads = printer.number("sensor.upload_progress") !== undefined;
    const again = !uploads && !!printer.value("sensor.last_print") && (plate || status === "idle");
    const cancel = this.cancelQuestion();
    const shown = [
      this.button("button.pause", "mdi:pause", "amber", runs),
      this.button("button.resume", "mdi:play", "green", stands),
      this.button("button.cancel", "mdi:stop", "red", job && status !== "canceling", () => this.press("button.cancel", cancel)),
      this.button("button.clear_error", "mdi:alert-remove-outline", "amber", !offline && printer.hasError),
      this.button("button.clear_plate", "mdi:broom", "green", plate),
      this.button("button.print_again", "mdi:printer-3d-nozzle", "blue", again, () => this.again(plate)),
      offline || uploads || printer.hasError || WORKING.has(status)
        ? nothing
        : html`<button class="big blue" @click=${() => openDialog(this, "flashforge-print-dialog", { printer: printer.id })}>
            <ha-icon icon="mdi:printer-3d-nozzle"></ha-icon>
            <span>${this.words("open_files")}</span>
          </button>`,
      this.button("button.cancel_upload", "mdi:upload-off", "red", uploads),
    ];
    // Each keeps its place, so that none turns into another under a finger.
    return shown.some((button) => button !== nothing) ? html`<div class="buttons">${shown}</div>` : nothing;
  }

  /** Print the last file once more, after a look at the plate. */
  private async again(occupied: boolean): Promise<void> {
    const file = this.printer.value("sensor.last_print") ?? "";
    const text = this.words("ask_again_text", { file, printer: this.printer.name });
    const question = this.question(this.words("ask_again"), this.words("print_again"), { text });
    const first = occupied ? "button.clear_plate" : "button.print_again";
    if ((await this.press(first, question)) && occupied) await this.press("button.print_again");
  }

  private button(
    key: string,
    icon: string,
    color: string,
    sensible: boolean,
    press: () => Promise<unknown> = () => this.press(key),
  ): TemplateResult | typeof nothing {
    const { printer, running } = this;
    if (!sensible || !printer.entity(key)) return nothing;
    // A command that waits keeps its button, and with it the focus of who pressed it.
    const waits = running === key || key === `button.${printer.pending}`;
    return html`<button
      class="big ${color}"
      aria-disabled=${waits || running !== undefined}
      @click=${() => waits || press()}
    >
      <ha-icon icon=${waits ? "mdi:timer-sand" : icon}></ha-icon>
      <span>${this.words(key.slice(7))}</span>
    </button>`;
  }

  static override styles = [
    shared,
    css`
      .card {
        display: flex;
        flex-direction: column;
        gap: 12px;
        padding: 12px 16px 16px;
        container-type: inline-size;
      }
      .header {
        display: flex;
        align-items: center;
        gap: 4px 8px;
        margin-inline: -8px;
      }
      .name {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 40px;
        padding: 0 8px;
        flex: 0 1 auto;
        min-width: 0;
        font-size: 1.15em;
        font-weight: 500;
      }
      .name ha-icon {
        color: var(--ff-now);
        flex: none;
      }
      .name span {
        overflow-wrap: anywhere;
        line-height: 1.25;
      }
      .cut {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .state {
        min-height: 40px;
        padding: 0 2px;
        flex: none;
      }
      .tools {
        margin-inline-start: auto;
        display: flex;
        flex: none;
      }
      .said {
        display: flex;
        flex-direction: column;
        gap: 4px;
        padding: 10px 12px;
        border-radius: var(--ff-radius);
        background: color-mix(in srgb, var(--ff-now) 14%, transparent);
        line-height: 1.35;
      }
      .said.wrong {
        background: color-mix(in srgb, var(--ff-now) 15%, transparent);
        border-inline-start: 4px solid var(--ff-now);
      }
      .said > .text {
        align-self: start;
        margin-inline-start: -12px;
      }
      .row {
        display: flex;
        justify-content: space-between;
        gap: 8px;
      }
      .upload {
        display: grid;
        gap: 6px;
      }
      .job {
        display: flex;
        gap: 16px;
        align-items: stretch;
      }
      .picture {
        position: relative;
        flex: 0 0 36%;
        max-width: 150px;
        aspect-ratio: 1;
        overflow: hidden;
        background: color-mix(in srgb, var(--primary-text-color) 5%, transparent);
        display: grid;
        place-items: center;
        color: var(--secondary-text-color);
      }
      .picture[disabled] {
        opacity: 1;
      }
      .small .picture {
        flex-basis: 80px;
      }
      .picture img {
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
      .flip {
        position: absolute;
        inset-block-end: 6px;
        inset-inline-end: 6px;
        --mdc-icon-size: 18px;
        padding: 4px;
        border-radius: 50%;
        background: color-mix(in srgb, var(--card-background-color, #fff) 80%, transparent);
        color: var(--primary-text-color);
      }
      .facts {
        flex: 1;
        min-width: 0;
        display: flex;
        flex-direction: column;
        justify-content: center;
        gap: 6px;
      }
      .file {
        padding: 2px 0;
        overflow-wrap: anywhere;
        line-height: 1.3;
        font-weight: 500;
      }
      .file small,
      .heat small {
        display: block;
        font-weight: 400;
      }
      .percent {
        align-self: flex-start;
        font-size: 2em;
        line-height: 1.1;
        font-weight: 500;
      }
      .buttons .big {
        flex: 1 1 40%;
        white-space: nowrap;
      }
      .times {
        display: flex;
        flex-wrap: wrap;
        gap: 0 14px;
        color: var(--secondary-text-color);
        line-height: 1.5;
      }
      .heats {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(132px, 1fr));
        gap: 4px 8px;
      }
      .heat {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 44px;
        padding: 2px 6px;
        white-space: nowrap;
      }
      .heat ha-icon {
        color: var(--ff-gray);
        flex: none;
      }
      .heat.hot ha-icon {
        color: var(--deep-orange-color, #ff6f22);
      }
      @container (max-width: 300px) {
        .job {
          flex-direction: column;
        }
        .picture {
          max-width: none;
        }
      }
    `,
  ];
}
