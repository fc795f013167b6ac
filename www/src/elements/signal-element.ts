import { effect } from "@preact/signals-core";
import { LitElement, type PropertyValues } from "lit";

/** An element that renders again when a signal it read while rendering changes. */
export abstract class SignalElement extends LitElement {
  #stopWatching: (() => void) | undefined;

  protected override update(changed: PropertyValues): void {
    this.#stopWatching?.();
    let rendering = true;
    this.#stopWatching = effect(() => {
      if (rendering) {
        super.update(changed);
      } else {
        this.requestUpdate();
      }
    });
    rendering = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The signals were not watched while the element was away.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }
}
