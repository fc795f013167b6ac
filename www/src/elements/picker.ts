import { html, nothing, type TemplateResult } from "lit";
import { icon, mark } from "./icons.js";

/** One thing that can be picked. */
export interface Choice {
  id: string;
  name: string;
}

/** What is chosen, with the other choices where there are any. */
export function picker(
  label: string,
  chosen: Choice,
  choices: readonly Choice[],
  choose: (id: string) => void,
): TemplateResult {
  const sign = mark(chosen.id) ?? nothing;
  if (!choices.some(({ id }) => id !== chosen.id)) {
    return html`<span class="choice" title=${label}>${sign}<span>${chosen.name}</span></span>`;
  }
  const change = (event: Event) => choose((event.target as HTMLSelectElement).value);
  return html`
    <span class="choice picker">
      ${sign}
      <select class="control" aria-label=${label} title=${label} .value=${chosen.id} @change=${change}>
        ${choices.map(
          ({ id, name }) =>
            html`<option value=${id} ?selected=${id === chosen.id}>${name}</option>`,
        )}
      </select>
      ${icon("expand")}
    </span>
  `;
}
