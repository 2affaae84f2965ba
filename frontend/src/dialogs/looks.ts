import { css } from "lit";

/** What the dialog looks like; the parts of the cards come from the shared styles. */
export const looks = css`
  .body {
    display: flex;
    flex-direction: column;
    gap: 14px;
    min-height: min(420px, 55vh);
  }
  [role="tabpanel"] {
    display: grid;
    align-content: start;
    gap: 14px;
  }
  .tabs {
    display: flex;
    overflow-x: auto;
    border-bottom: 1px solid var(--ff-line);
  }
  .tabs button {
    flex: 1 0 auto;
    min-height: 44px;
    padding: 0 12px;
    border-radius: var(--ff-radius) var(--ff-radius) 0 0;
    border-bottom: 2px solid transparent;
    color: var(--secondary-text-color);
    font-weight: 500;
    text-align: center;
  }
  .tabs [aria-selected="true"] {
    color: inherit;
    border-color: var(--primary-color);
  }
  input[type="search"],
  select {
    font: inherit;
    color: inherit;
    box-sizing: border-box;
    min-height: 42px;
    padding-inline: 12px;
    border: 1px solid color-mix(in srgb, var(--primary-text-color) 30%, transparent);
    border-radius: var(--ff-radius);
    background: var(--card-background-color, #fff);
  }
  input:focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 1px;
  }
  .empty,
  .drop {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding-block: 48px;
    text-align: center;
    --mdc-icon-size: 40px;
  }
  p {
    margin: 0;
    max-width: 44ch;
  }
  .drop {
    padding-inline: 16px;
    border: 2px dashed var(--ff-line);
    border-radius: var(--ff-radius);
  }
  .drop.over {
    border-color: var(--primary-color);
    background: color-mix(in srgb, var(--primary-color) 8%, transparent);
  }
  button.big {
    flex: 0 1 auto;
    min-width: 120px;
  }
  button.main,
  button.main:not([disabled]):hover {
    background: color-mix(in srgb, var(--ff-now) 75%, #000);
    color: #fff;
  }
  button.main ha-icon {
    color: inherit;
  }
  .text {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    justify-self: start;
  }
  .progress {
    display: grid;
    gap: 12px;
    margin: auto 0;
    padding: 24px 8px;
    overflow-wrap: anywhere;
  }
  .progress button {
    justify-self: center;
  }
  .about {
    display: flex;
    align-items: center;
    gap: 16px;
  }
  .about .thumb {
    width: 104px;
  }
  section {
    display: grid;
    border: 1px solid var(--ff-line);
    border-radius: var(--ff-radius);
  }
  ha-dialog {
    --ha-dialog-width-md: 720px;
  }
  .slot {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .slot select {
    flex: 1;
    min-width: 0;
  }
  .tool,
  .option {
    display: grid;
    grid-template-columns: auto 1fr minmax(0, 260px);
    align-items: center;
    gap: 6px 12px;
    min-height: 44px;
    padding: 6px 14px;
  }
  .tool + .tool,
  .option + .option {
    border-top: 1px solid var(--ff-line);
  }
  .tool small {
    grid-column: 2 / -1;
  }
  .option {
    grid-template-columns: auto 1fr;
    cursor: pointer;
  }
  .option input {
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--primary-color);
  }
  select.wrong {
    border-color: var(--ff-red);
  }
  small.wrong {
    color: color-mix(in srgb, var(--ff-red) 75%, var(--primary-text-color));
  }
  .remark {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--secondary-text-color);
    --mdc-icon-size: 18px;
  }
  .remark ha-icon {
    flex: none;
    color: var(--ff-amber);
  }
  .back:dir(rtl) ha-icon {
    transform: scaleX(-1);
  }
  dialog {
    width: min(720px, 94vw);
    padding: 0 20px 20px;
    border: 0;
    border-radius: 20px;
    color: inherit;
    background: var(--card-background-color, #fff);
  }
  header {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  h2 {
    flex: 1;
  }
  @media (max-width: 480px) {
    .tool {
      grid-template-columns: auto 1fr;
      padding-block: 12px;
    }
    .slot {
      grid-column: 1 / -1;
    }
    .tiles {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
`;
