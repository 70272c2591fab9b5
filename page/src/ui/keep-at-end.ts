import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Keeps a list scrolled to its end as it grows, unless somebody has scrolled up to read. */
export class KeepAtEnd implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #selector: string;
  #isAtEnd = true;

  constructor(host: ReactiveControllerHost & HTMLElement, selector: string) {
    this.#host = host;
    this.#selector = selector;
    host.addController(this);
  }

  hostConnected(): void {
    // A picture makes the list longer when it comes; its event does not bubble.
    this.#host.addEventListener("load", this.#stay, { capture: true });
  }

  hostDisconnected(): void {
    this.#host.removeEventListener("load", this.#stay, { capture: true });
  }

  hostUpdate(): void {
    const list = this.#list;
    if (list !== null) this.#isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  }

  hostUpdated(): void {
    this.#stay();
  }

  readonly #stay = (): void => {
    const list = this.#list;
    if (list !== null && this.#isAtEnd) list.scrollTop = list.scrollHeight;
  };

  get #list(): Element | null {
    return this.#host.querySelector(this.#selector);
  }
}
