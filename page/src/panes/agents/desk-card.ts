import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Live } from "../../data/live.ts";
import { define, PageElement } from "../../ui/element.ts";
import { named, problem, sid } from "../../ui/text.ts";
import "./attributes-editor.ts";
import {
  desk,
  type Desk,
  type Desks,
  type Reservation,
  setActivity,
  setAttributes,
  setCapacity,
} from "./desk.ts";
import "./task-card.ts";
import type { Target } from "./task-card.ts";

const order = ["pending", "accepted", "wrapping"];

/** `<desk-card sid="WK…">`: the desk of a worker. */
class DeskCard extends PageElement {
  static override properties = {
    sid: {},
    activities: { attribute: false },
    targets: { attribute: false },
    hide: { attribute: false },
    _error: { state: true },
  };
  declare sid: string;
  declare activities: Desks["activities"];
  declare targets: readonly Target[];
  declare hide: () => void;
  declare _error: Error | undefined;
  /** Capacities that are being typed, by the channel's SID: what is told meanwhile must not take their place. */
  readonly #typed = new Map<string, string>();
  readonly #desk = new Live<Desk>(this, {
    kinds: ["taskrouter.Worker", "taskrouter.WorkerChannel", "taskrouter.Reservation", "taskrouter.Task"],
    about: ({ sid: changed, of }, shown) =>
      changed === this.sid ||
      of.includes(this.sid) ||
      (shown?.reservations.some(({ task }) => task?.sid === changed) ?? false),
    load: () => desk(this.sid),
  });

  protected override render(): unknown {
    const { value: shown, error } = this.#desk;
    if (shown === undefined)
      return html`<section class="card desk">
        ${problem(error) === nothing ? html`<p class="empty">Loading …</p>` : problem(error)}
      </section>`;
    return html`<section class="card desk" aria-label="Desk of ${shown.name}">
      <header class="desk-head">
        <span class="avatar" data-available=${shown.activity.available ?? false} aria-hidden="true"
          >${[...shown.name][0]?.toUpperCase()}</span
        >
        <h2>${named(shown.name)}</h2>
        <select
          aria-label="Activity of ${shown.name}"
          .value=${shown.activity.sid}
          @change=${(event: Event) => this.#act(setActivity(shown, (event.target as HTMLSelectElement).value))}
        >
          ${this.activities.map(
            ({ sid: value, name }) =>
              html`<option value=${value} ?selected=${value === shown.activity.sid}>
                ${name.slice(0, 60)}
              </option>`,
          )}
        </select>
        <button
          class="icon quiet"
          type="button"
          aria-label="Close the desk of ${shown.name}"
          title="Close"
          @click=${this.hide}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="m4 4 8 8M12 4l-8 8" /></svg>
        </button>
      </header>
      <ul class="capacity" aria-label="Capacity">
        ${shown.channels.map((channel) => this.#channel(shown, channel))}
      </ul>
      ${problem(error ?? this._error)}
      <div class="desk-tasks" aria-live="polite">
        ${
          shown.reservations.length === 0
            ? html`<p class="empty">
                ${shown.activity.available === true ? "Waits for a task." : "Takes no tasks in this activity."}
              </p>`
            : repeat(
                sorted(shown.reservations),
                (one) => one.sid,
                (one) =>
                  html`<task-card
                    .desk=${shown}
                    .reservation=${one}
                    .targets=${this.targets.filter((target) => target.sid !== shown.sid)}
                  ></task-card>`,
              )
        }
      </div>
      <details class="desk-more">
        <summary class="small">Attributes of ${named(shown.name)} ${sid(shown.sid)}</summary>
        <attributes-editor
          .value=${shown.attributes}
          .save=${(attributes: string) => setAttributes(shown, attributes)}
        ></attributes-editor>
      </details>
    </section>`;
  }

  #channel(
    of: Desk,
    { sid: channelSid, name, capacity, taken, available }: Desk["channels"][number],
  ): unknown {
    return html`<li data-full=${taken >= capacity || !available}>
      <label>
        <span>${name}</span>
        <span class="taken">${taken}/</span
        ><input
          type="number"
          min="0"
          max="1000"
          aria-label="Capacity of ${of.name} for ${name}"
          .value=${this.#typed.get(channelSid) ?? String(capacity)}
          @input=${(event: Event) => this.#typed.set(channelSid, (event.target as HTMLInputElement).value)}
          @change=${(event: Event) => {
            this.#typed.delete(channelSid);
            this.#act(setCapacity(of, channelSid, Number((event.target as HTMLInputElement).value)));
          }}
        />
      </label>
    </li>`;
  }

  #act(work: Promise<void>): void {
    this._error = undefined;
    work.catch((error: unknown) => {
      this._error = error as Error;
      // What was chosen and refused is not shown as if it were so.
      void this.#desk.restart();
    });
  }
}

/** Offers first, then what is being worked on. */
function sorted(reservations: readonly Reservation[]): Reservation[] {
  return [...reservations].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
}

define("desk-card", DeskCard);
