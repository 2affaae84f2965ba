import { css } from "lit";

/** Colors, sizes and parts that all cards share; every color is one of the theme's. */
export const shared = css`
  :host {
    --ff-blue: var(--primary-color, #03a9f4);
    --ff-amber: var(--warning-color, #ffa600);
    --ff-red: var(--error-color, #db4437);
    --ff-green: var(--success-color, #43a047);
    --ff-gray: var(--disabled-text-color, #8a8a8a);
    --ff-now: var(--ff-gray);
    --ff-line: color-mix(in srgb, var(--primary-text-color) 12%, transparent);
    --ff-radius: var(--ha-border-radius-lg, 12px);
    display: block;
    color: var(--primary-text-color);
  }
  .blue {
    --ff-now: var(--ff-blue);
  }
  .amber {
    --ff-now: var(--ff-amber);
  }
  .red {
    --ff-now: var(--ff-red);
  }
  .green {
    --ff-now: var(--ff-green);
  }
  ha-card {
    height: 100%;
    box-sizing: border-box;
    overflow: hidden;
  }
  /* Each text has its own direction: a name or a number with its unit is not turned round. */
  span,
  strong,
  p,
  .empty,
  .percent {
    unicode-bidi: plaintext;
  }
  small {
    unicode-bidi: isolate;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    margin: 0;
    padding: 0;
    cursor: pointer;
    border-radius: var(--ff-radius);
    text-align: start;
    min-height: 24px;
    -webkit-tap-highlight-color: transparent;
  }
  button:focus-visible,
  select:focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 1px;
  }
  button[disabled],
  [aria-disabled="true"] {
    cursor: default;
    opacity: 0.5;
  }
  button.icon {
    width: 40px;
    height: 40px;
    flex: none;
    display: grid;
    place-items: center;
    border-radius: 50%;
    color: var(--secondary-text-color);
  }
  button.icon.on {
    color: var(--state-light-active-color, var(--ff-amber));
  }
  @media (hover: hover) {
    button:not([disabled], [aria-disabled="true"]):hover {
      background: color-mix(in srgb, var(--primary-text-color) 7%, transparent);
    }
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  button.big {
    flex: 1 1 96px;
    min-height: 42px;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 0 12px;
    background: color-mix(in srgb, var(--ff-now) 18%, transparent);
    font-weight: 500;
    text-align: center;
  }
  button.big ha-icon {
    color: var(--ff-now);
    flex: none;
  }
  @media (hover: hover) {
    button.big:not([disabled], [aria-disabled="true"]):hover {
      background: color-mix(in srgb, var(--ff-now) 28%, transparent);
    }
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 3px 10px;
    padding-inline-start: 8px;
    border-radius: 999px;
    background: color-mix(in srgb, var(--ff-now) 18%, transparent);
    font-size: 0.86em;
    font-weight: 500;
    white-space: nowrap;
  }
  .chip:empty {
    display: none;
  }
  .chip::before {
    content: "";
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--ff-now);
  }
  .bar {
    height: 8px;
    border-radius: 4px;
    background: color-mix(in srgb, var(--ff-now) 20%, transparent);
    overflow: hidden;
  }
  .bar > div {
    height: 100%;
    border-radius: 4px;
    background: var(--ff-now);
    transition: width 0.6s ease;
  }
  .bar.waiting > div {
    width: 100%;
    background: repeating-linear-gradient(
      -45deg,
      var(--ff-now) 0 10px,
      color-mix(in srgb, var(--ff-now) 45%, transparent) 10px 20px
    );
    background-size: 28.28px 100%;
    animation: stripes 1.2s linear infinite;
  }
  @keyframes stripes {
    to {
      background-position: 28.28px 0;
    }
  }
  .swatch {
    display: inline-block;
    width: 14px;
    height: 14px;
    flex: none;
    border-radius: 50%;
    background: var(--swatch, transparent);
    box-shadow:
      0 0 0 1px var(--card-background-color, #fff),
      0 0 0 2px color-mix(in srgb, var(--primary-text-color) 40%, transparent);
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 4px 6px;
    padding-inline-start: 12px;
    min-height: 40px;
    border-radius: var(--ff-radius);
    background: color-mix(in srgb, var(--ff-amber) 18%, transparent);
    line-height: 1.35;
  }
  .notice > span {
    flex: 1;
    padding: 6px 0;
  }
  .notice > ha-icon {
    flex: none;
    color: var(--ff-amber);
  }
  .notice.refusal {
    background: color-mix(in srgb, var(--ff-red) 15%, transparent);
  }
  .notice.refusal > ha-icon {
    color: var(--ff-red);
  }
  button.text {
    min-height: 40px;
    padding: 0 12px;
    font-weight: 500;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  select {
    font: inherit;
    color: inherit;
    min-height: 42px;
    padding: 0 8px;
    border: 1px solid var(--ff-line);
    border-radius: 8px;
    background: var(--card-background-color, #fff);
  }
  .empty {
    padding: 20px 16px;
    color: var(--secondary-text-color);
    display: grid;
    justify-items: center;
  }
  .muted {
    color: var(--secondary-text-color);
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;
