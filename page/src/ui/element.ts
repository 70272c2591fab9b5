import { LitElement } from "lit";

/** An element of the page. All share one style sheet, so none has a shadow of its own. */
export abstract class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** Makes an element known, unless it is. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (customElements.get(tag) === undefined) customElements.define(tag, element);
}
