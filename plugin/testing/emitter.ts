type Listener = (...values: never[]) => void;

/** What Node.js calls an EventEmitter, as far as Flex UI uses it. */
export class Emitter {
  readonly #listeners = new Map<string, Listener[]>();

  readonly on = (event: string, listener: Listener): this => {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  };

  readonly addListener = this.on;

  readonly removeListener = (event: string, listener: Listener): this => {
    const others = (this.#listeners.get(event) ?? []).filter((other) => other !== listener);
    this.#listeners.set(event, others);
    return this;
  };

  emit(event: string, ...values: unknown[]): void {
    this.#listeners.get(event)?.forEach((listener) => listener(...(values as never[])));
  }
}
