import { css } from "lit";

/** How code is shown: its header, its lines, its colours. */
export const codeStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    background: var(--surface);
  }
  header {
    flex: none;
    display: flex;
    align-items: center;
    gap: var(--space-8);
    min-height: calc(var(--row) + var(--space-8));
    padding: 0 var(--space-8) 0 var(--space-16);
    border-bottom: 1px solid var(--divider);
  }
  /* Right to left, so that it is the beginning of a long path that gives way. */
  h2 {
    flex: 0 1 auto;
    min-width: 0;
    margin: 0;
    overflow: hidden;
    direction: rtl;
    font: var(--weight-text) var(--size-13) / 1.43 var(--font-code);
    text-align: left;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .change {
    flex: none;
    color: var(--ember);
    font-size: var(--size-12);
  }
  header .control:last-of-type {
    margin-left: auto;
  }
  .origin {
    flex: 0 3 auto;
    min-width: 0;
    padding: 0 var(--space-8);
    font-size: var(--size-12);
  }
  .origin,
  .origin code {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .origin code {
    font-family: var(--font-code);
  }
  .copied {
    order: -1;
    flex: none;
    margin-left: auto;
    color: var(--muted);
    font-size: var(--size-12);
  }
  .copied:empty {
    display: none;
  }
  .scroller {
    flex: 1;
    min-height: 0;
    overflow: auto;
  }
  pre {
    width: max-content;
    min-width: 100%;
    margin: 0;
    padding: var(--space-8) 0;
    counter-reset: line;
    font: var(--weight-text) var(--size-13) / var(--line-code) var(--font-code);
    tab-size: 2;
  }
  .line {
    position: relative;
    display: block;
    min-height: var(--line-code);
    padding-right: var(--space-24);
  }
  .line::before {
    counter-increment: line;
    content: counter(line);
    display: inline-block;
    width: 3.5rem;
    padding-right: var(--space-16);
    color: var(--muted);
    text-align: right;
    user-select: none;
  }
  .added {
    background: var(--touched);
  }
  .added::after {
    content: "";
    position: absolute;
    inset: 0 auto 0 0;
    width: 3px;
    background: var(--ember);
  }
  .spot {
    background: var(--hover);
  }
  .made::before {
    color: var(--text);
    font-weight: var(--weight-strong);
    background: var(--selected);
  }
  .removed::after {
    content: "";
    position: absolute;
    top: -2px;
    left: 0;
    width: var(--space-12);
    height: 3px;
    background: var(--ember);
  }
  @media (forced-colors: active) {
    .added::after,
    .removed::after {
      background: Highlight;
      forced-color-adjust: none;
    }
    .made::before {
      text-decoration: underline;
    }
    .spot {
      outline: 1px solid Highlight;
      outline-offset: -1px;
    }
  }
  .keyword {
    color: var(--violet);
  }
  .string {
    color: var(--blue);
  }
  .literal {
    color: var(--amber);
  }
  .comment {
    color: var(--muted);
    font-style: italic;
  }
  .strong {
    font-weight: var(--weight-strong);
  }
  .empty {
    margin: auto;
    color: var(--muted);
  }
`;
