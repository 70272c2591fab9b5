import { html, nothing } from "lit";
import { own } from "../../data/api.ts";
import { eachSecond, now, setNow } from "../../data/clock.ts";
import { Live } from "../../data/live.ts";
import { define, PageElement } from "../../ui/element.ts";
import { clockTime, named, problem, sid as sidLink } from "../../ui/text.ts";
import { duration } from "../../ui/time-left.ts";

interface Due {
  readonly time: string;
  readonly kind: string;
  readonly sid: string;
  readonly name: string | null;
  readonly what: string;
}

interface Clock {
  readonly now: string;
  /** Seconds. */
  readonly offset: number;
  readonly due: readonly Due[];
}

/** Steps that are often wanted, in seconds. */
const steps: readonly (readonly [seconds: number, text: string])[] = [
  [10, "10 s"],
  [60, "1 min"],
  [600, "10 min"],
  [3600, "1 h"],
  [86_400, "1 day"],
];

/** What brings something to be due, or takes it away. */
const kinds = [
  "emulator.Clock",
  "taskrouter.Task",
  "taskrouter.Reservation",
  "conversations.Conversation",
  "api.Message",
  "flex.InteractionChannel",
  "proxy.Session",
  "studio.Execution",
];

/** `<clock-card>`: what time it is, what happens by itself next, and steps forward. */
class ClockCard extends PageElement {
  static override properties = { _error: { state: true }, _isMoving: { state: true } };
  declare _error: Error | undefined;
  declare _isMoving: boolean;
  readonly #clock = new Live<Clock>(this, { kinds, load: () => own<Clock>("GET", "/clock") });
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = eachSecond(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  protected override render(): unknown {
    const { value: clock, error } = this.#clock;
    const date = new Date(now());
    const due = clock?.due ?? [];
    return html`<section class="card time-card" aria-label="Clock">
      <h2>Clock</h2>
      <p class="now">
        <time datetime=${date.toISOString()}>${date.toISOString().slice(0, 19).replace("T", " ")}</time>
        <span class="soft small"
          >UTC${clock !== undefined && clock.offset > 0 ? `, ${duration(clock.offset)} ahead of this machine` : ""}</span
        >
      </p>
      ${problem(this._error ?? error)}
      <div class="row" role="group" aria-label="Forward by">
        <span class="soft small">Forward by</span>
        ${steps.map(
          ([seconds, text]) =>
            html`<button
              type="button"
              ?disabled=${this._isMoving}
              @click=${() => this.#move({ advance: seconds })}
            >
              ${text}
            </button>`,
        )}
        <form class="row" @submit=${this.#onSubmit}>
          <input
            class="seconds"
            name="seconds"
            type="number"
            min="0"
            max="3162240000"
            step="any"
            required
            aria-label="Seconds"
            placeholder="seconds"
          />
          <button ?disabled=${this._isMoving}>Go</button>
        </form>
      </div>
      <h3>What happens by itself next</h3>
      ${
        due.length === 0
          ? html`<p class="soft small">Nothing that anybody waits for.</p>`
          : html`<p>
                <button
                  class="primary"
                  type="button"
                  ?disabled=${this._isMoving}
                  @click=${() => this.#move({ next: true })}
                >
                  To the next
                </button>
              </p>
              <ol class="due">
                ${due.map((one) => this.#due(one))}
              </ol>`
      }
    </section>`;
  }

  #due({ time, sid, name, what }: Due): unknown {
    const left = Math.max(0, (Date.parse(time) - now()) / 1000);
    return html`<li class="small">
      <span class="due-left">in ${duration(left)}</span>
      <span>${what}</span>
      <span class="soft">${clockTime(time)} ${name === null ? nothing : named(name)} ${sidLink(sid)}</span>
    </li>`;
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const seconds = Number(new FormData(form).get("seconds"));
    form.reset();
    this.#move({ advance: seconds });
  };

  #move(move: object): void {
    this._isMoving = true;
    this._error = undefined;
    own<Clock>("POST", "/clock", move)
      .then(
        ({ now: time }) => setNow(time),
        (error: unknown) => (this._error = error as Error),
      )
      .finally(() => {
        this._isMoving = false;
        void this.#clock.refresh();
      });
  }
}

define("clock-card", ClockCard);
