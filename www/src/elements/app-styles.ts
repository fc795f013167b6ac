import { css } from "lit";

/** How the page is divided, on wide and on narrow screens. */
export const layout = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    height: 100dvh;
    overflow: hidden;
  }
  /* The pre-rendered page lies above the live one until all of that is there. */
  slot.above::slotted(*) {
    position: absolute;
    z-index: 1;
    inset: 0;
    background: var(--bg);
  }
  p {
    margin: 0;
  }
  strong {
    font-weight: var(--weight-strong);
  }
  .bar {
    flex: none;
    display: flex;
    align-items: center;
    gap: var(--space-8);
    padding: var(--space-8) var(--space-16);
    border-bottom: 1px solid var(--divider);
    background: var(--surface);
  }
  h1 {
    margin: 0;
    padding-right: var(--space-8);
    color: var(--ember);
    font: var(--weight-strong) var(--size-16) / 1.5 var(--font-text);
  }
  .project {
    min-width: 0;
    gap: var(--space-4);
    padding: 0 var(--space-4);
  }
  .bar .project {
    margin: 0;
    color: var(--text);
    font-size: var(--size-14);
    font-weight: var(--weight-strong);
  }
  .project > span {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .project > .icon,
  .picker > .icon {
    width: 0.875rem;
    height: 0.875rem;
    color: var(--muted);
  }
  .choice {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    padding: 0 var(--space-8);
    border-left: 1px solid var(--divider);
    color: var(--muted);
    font-size: var(--size-13);
    white-space: nowrap;
  }
  /* The list itself is the system's own; only its closed face is ours. */
  .picker {
    position: relative;
    color: var(--text);
  }
  .picker select {
    appearance: none;
    padding: 0 var(--space-24) 0 var(--space-8);
  }
  .picker .icon {
    position: absolute;
    right: var(--space-16);
    pointer-events: none;
  }
  .bar .main {
    margin-left: auto;
  }
  .introduction,
  .downloaded,
  .trouble {
    flex: none;
    display: flex;
    align-items: center;
    gap: var(--space-8);
    padding: var(--space-8) var(--space-16);
    border-bottom: 1px solid var(--divider);
    font-size: var(--size-14);
  }
  .downloaded {
    align-items: start;
  }
  .downloaded bs-start-panel {
    flex: 1;
  }
  .introduction p,
  .trouble p {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .introduction span {
    color: var(--muted);
  }
  .trouble,
  .trouble .icon {
    color: var(--red);
  }
  main {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template-columns: 34fr 18fr 48fr;
  }
  main > section {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  main > section + section {
    border-left: 1px solid var(--divider);
  }
  main > section > * {
    flex: 1;
    min-height: 0;
  }
  .stale-note {
    flex: none;
    display: flex;
    align-items: start;
    gap: var(--space-8);
    padding: var(--space-8) var(--space-16);
    border-bottom: 1px solid var(--divider);
    background: var(--bg);
    font-size: var(--size-13);
  }
  .stale-note .icon {
    margin-top: calc(var(--space-4) / 2);
    color: var(--red);
  }
  .stale bs-code-view {
    filter: saturate(0.2);
  }
  footer {
    flex: none;
    border-top: 1px solid var(--divider);
    background: var(--bg);
  }
  @media (forced-colors: active) {
    .tabs [aria-pressed="true"] {
      outline: 2px solid Highlight;
      outline-offset: -4px;
    }
  }
  .tabs,
  main > .get,
  .back {
    display: none;
  }
  /* Too narrow for three panes side by side: files and code share the right half. */
  @media (max-width: 1080px) {
    main {
      grid-template: 2fr 3fr / 2fr 3fr;
    }
    .spec {
      grid-row: span 2;
    }
    .code {
      border-top: 1px solid var(--divider);
    }
  }
  @media (max-width: 760px) {
    .bar,
    .introduction,
    .downloaded,
    .trouble {
      padding: var(--space-8) var(--space-12);
    }
    .bar .main {
      display: none;
    }
    .choice .mark {
      display: none;
    }
    /* Where the name of the project needs the room, what cannot be chosen gives way. */
    .choice:not(.picker) {
      display: none;
    }
    .introduction {
      flex-wrap: wrap;
    }
    .introduction:not(.during-spec),
    .downloaded:not(.during-get) {
      display: none;
    }
    .introduction p {
      flex-basis: 100%;
    }
    .introduction .bare {
      margin-left: auto;
    }
    main {
      display: block;
    }
    main > section {
      display: none;
      height: 100%;
    }
    main > section + section {
      border-left: none;
    }
    .code {
      border-top: none;
    }
    main.show-spec > .spec,
    main.show-files > .files,
    main.show-code > .code,
    main.show-get > .get {
      display: flex;
    }
    .back {
      flex: none;
      display: flex;
      align-items: center;
      gap: var(--space-4);
      min-height: var(--row);
      padding: 0 var(--space-12);
      border: none;
      border-bottom: 1px solid var(--divider);
      background: var(--bg);
      color: var(--muted);
      font: var(--weight-text) var(--size-13) / 1.43 var(--font-text);
      cursor: pointer;
    }
    .tabs {
      flex: none;
      display: grid;
      grid-template-columns: repeat(3, 1fr);
      padding-bottom: env(safe-area-inset-bottom);
      border-top: 1px solid var(--divider);
      background: var(--surface);
    }
    .tabs button {
      min-height: 2.75rem;
      border: none;
      border-top: 2px solid transparent;
      background: none;
      color: var(--muted);
      font: var(--weight-text) var(--size-13) / 1.43 var(--font-text);
      cursor: pointer;
    }
    .tabs [aria-pressed="true"] {
      border-top-color: var(--ember);
      color: var(--text);
      font-weight: var(--weight-strong);
    }
  }
`;
