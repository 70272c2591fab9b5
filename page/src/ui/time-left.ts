import { html, type PropertyValues } from "lit";
import { eachSecond, now } from "../data/clock.ts";
import { define, PageElement } from "./element.ts";

/** `<time-left due="…" of="120">`: how much of a time is left, by the emulated clock, as a text and as a bar. */
class TimeLeft extends PageElement {
  static override properties = { due: {}, of: { type: Number } };
  /** ISO 8601. */
  declare due: string;
  /** All of it, in seconds. */
  declare of: number;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = eachSecond(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  protected override updated(_changed: PropertyValues): void {
    const bar = this.querySelector("progress");
    if (bar !== null) bar.value = this.#left;
  }

  get #left(): number {
    return Math.max(0, Math.ceil((Date.parse(this.due) - now()) / 1000));
  }

  protected override render(): unknown {
    const left = this.#left;
    return html`<span class="time-left" data-urgent=${left <= 10}>
      <progress max=${this.of} aria-hidden="true"></progress>
      <span>${duration(left)} left</span>
    </span>`;
  }
}

/** `1:05` of 65 seconds. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

define("time-left", TimeLeft);
