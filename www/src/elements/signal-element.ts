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

  /**
   * The first rendering of an element within another is a task of its own: the page answers between one and the next.
   * The outermost does not wait, because until it is rendered, nothing is seen of its pre-rendered content.
   */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated && this.getRootNode() !== document) {
      await new Promise((resolve) => setTimeout(resolve));
    }
    super.scheduleUpdate();
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
