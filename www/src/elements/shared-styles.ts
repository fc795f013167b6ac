import { css } from "lit";

/** What every element with buttons and icons needs. */
export const controls = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host([hidden]) {
    display: none;
  }
  .icon {
    flex: none;
    width: 1rem;
    height: 1rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .mark {
    flex: none;
    width: 1rem;
    height: 1rem;
    fill: currentColor;
  }
  .control {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-8);
    min-height: var(--row);
    padding: 0 var(--space-12);
    border: 1px solid var(--border);
    border-radius: var(--radius-4);
    background: var(--surface);
    color: var(--text);
    font: var(--weight-text) var(--size-13) / 1.43 var(--font-text);
    white-space: nowrap;
    cursor: pointer;
  }
  .control:hover {
    background: var(--hover);
  }
  .control.main {
    border-color: var(--ember);
    background: var(--ember);
    color: var(--on-ember);
    font-weight: var(--weight-strong);
  }
  .control.main:hover {
    background: color-mix(in oklab, var(--ember) 88%, var(--text));
  }
  .control[disabled] {
    border-color: var(--divider);
    background: transparent;
    color: var(--muted);
    cursor: default;
  }
  .control.bare {
    padding: 0;
    min-width: var(--row);
    border-color: transparent;
    background: transparent;
    color: var(--muted);
  }
  .control.bare:hover {
    background: var(--hover);
    color: var(--text);
  }
  :focus-visible {
    outline: 2px solid var(--ember);
    outline-offset: -2px;
  }
  .control:focus-visible {
    outline-offset: 2px;
  }
  /* Words inside a sentence that do something. */
  .link {
    min-height: 1.5rem;
    padding: 0;
    border: none;
    background: none;
    color: var(--blue);
    font: inherit;
    text-decoration: underline;
    cursor: pointer;
  }
`;
