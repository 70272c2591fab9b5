import type { ReactiveController, ReactiveControllerHost } from "lit";
import { type FeedEvent, listen } from "./stream.ts";

/** Milliseconds between two looks at the same thing, however much happens. */
const pause = 300;

/** And so many times as long as the last look took: what is much to look at must not keep programs waiting. */
const pausePerLook = 40;
const longestPause = 2000;

export interface LiveOptions<T> {
  /** Looks at it. */
  readonly load: () => Promise<T>;
  /** The kinds of resources that it is about. */
  readonly kinds: readonly string[];
  /** Whether an event of these kinds is about it; not asked where only kinds are told. @default all are */
  readonly about?: (event: FeedEvent, shown: T | undefined) => boolean;
}

/**
 * Something that an element shows and that follows what happens: loaded when the element is shown, and again after events
 * about it, at most every 300 ms, and more seldom where a look takes long; not as long as the page itself is hidden.
 */
export class Live<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: LiveOptions<T>;
  /** What was loaded last. */
  value: T | undefined;
  /** Why the last look failed. */
  error: Error | undefined;
  #stop: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStale = false;
  #isLoading = false;
  #turn = 0;
  /** Milliseconds that the last look took. */
  #took = 0;

  constructor(host: ReactiveControllerHost, options: LiveOptions<T>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = listen((events) => this.#hear(events));
    document.addEventListener("visibilitychange", this.#onVisible);
    void this.refresh();
  }

  hostDisconnected(): void {
    this.#stop?.();
    document.removeEventListener("visibilitychange", this.#onVisible);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // What is under way is of no use; an element that is moved comes back at once and looks anew.
    this.#turn++;
    this.#isLoading = false;
  }

  /** Looks at something else from now on: what was shown goes at once. */
  async restart(): Promise<void> {
    this.value = undefined;
    this.error = undefined;
    this.#isLoading = false;
    await this.refresh();
  }

  /** Looks now. */
  async refresh(): Promise<void> {
    if (this.#isLoading) {
      this.#isStale = true;
      return;
    }
    this.#isStale = false;
    this.#isLoading = true;
    const turn = ++this.#turn;
    const began = performance.now();
    try {
      const value = await this.#options.load();
      if (turn !== this.#turn) return;
      this.value = value;
      this.error = undefined;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.error = error as Error;
    } finally {
      if (turn === this.#turn) {
        this.#took = performance.now() - began;
        this.#isLoading = false;
        if (this.#isStale) this.#later();
      }
    }
    this.#host.requestUpdate();
  }

  #hear(events: readonly FeedEvent[] | undefined): void {
    const { kinds, about } = this.#options;
    const concerns =
      events === undefined ||
      events.some(
        (event) =>
          kinds.includes(event.kind) && (event.sid === "" || about === undefined || about(event, this.value)),
      );
    if (!concerns) return;
    this.#isStale = true;
    this.#later();
  }

  #later(): void {
    if (document.hidden || this.#isLoading || this.#timer !== undefined) return;
    // The first event is followed at once; those that come close behind it together.
    void this.refresh();
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        if (this.#isStale) this.#later();
      },
      Math.max(pause, Math.min(this.#took * pausePerLook, longestPause)),
    );
  }

  readonly #onVisible = (): void => {
    if (!document.hidden && this.#isStale) this.#later();
  };
}
