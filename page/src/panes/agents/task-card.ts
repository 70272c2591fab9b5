import { html, nothing } from "lit";
import { sayAsAgent } from "../../data/talk.ts";
import type { Draft } from "../../ui/composer.ts";
import "../../ui/composer.ts";
import { define, PageElement } from "../../ui/element.ts";
import { attributesOf, json } from "../../ui/json.ts";
import "../../ui/talk-view.ts";
import { badge, named, problem, sid } from "../../ui/text.ts";
import "../../ui/time-left.ts";
import { canBeTransferred, type Desk, FlexUi, letTimeOut, placeOf, type Reservation } from "./desk.ts";

/** Whom a task may be handed to. */
export interface Target {
  readonly sid: string;
  readonly name: string;
}

/** `<task-card .desk=${…} .reservation=${…}>`: a task on a desk: an offer, a conversation, or what is left to wrap up. */
class TaskCard extends PageElement {
  static override properties = {
    desk: { attribute: false },
    reservation: { attribute: false },
    targets: { attribute: false },
    _busy: { state: true },
    _error: { state: true },
    _isTransferring: { state: true },
  };
  declare desk: Desk;
  declare reservation: Reservation;
  declare targets: readonly Target[];
  declare _busy: boolean;
  declare _error: Error | undefined;
  declare _isTransferring: boolean;

  protected override render(): unknown {
    const { reservation, desk } = this;
    const { status, task, due } = reservation;
    const title = titleOf(task?.attributes ?? "");
    const place = status === "pending" ? undefined : placeOf(reservation);
    return html`<article class="task" data-status=${status} aria-label="Task of ${title}">
      <header class="task-head">
        <h3>${named(title)}</h3>
        <span class="row small">
          ${task === undefined ? nothing : html`${badge(task.channel)}${task.queue === null ? nothing : badge(task.queue)}`}
          ${status === "wrapping" ? badge("wrapping up", "waiting") : nothing}
          ${task === undefined ? nothing : sid(task.sid)}
        </span>
      </header>
      ${problem(this._error)}
      ${
        status === "pending" && due !== null
          ? html`<div class="row task-acts">
              <button class="primary" ?disabled=${this._busy} @click=${this.#accept}>Accept</button>
              <button ?disabled=${this._busy} @click=${this.#reject}>Reject</button>
              <time-left due=${due} of=${reservation.timeout}></time-left>
              <button
                class="quiet"
                ?disabled=${this._busy}
                title="Moves the clock to when the offer runs out"
                @click=${() => this.#act(() => letTimeOut(this.reservation))}
              >
                Time out
              </button>
            </div>`
          : nothing
      }
      ${
        place === undefined
          ? status === "accepted"
            ? html`<p class="soft small task-note">This task is about no conversation.</p>`
            : nothing
          : html`<talk-view
              .place=${place}
              own=${desk.identity}
              label="Conversation with ${title}"
            ></talk-view>`
      }
      ${
        place !== undefined && status === "accepted"
          ? html`<message-composer
              label="Answer as ${desk.name}"
              .send=${({ body }: Draft) => sayAsAgent(place, this.desk.identity, body)}
            ></message-composer>`
          : nothing
      }
      ${
        status === "pending"
          ? nothing
          : html`<div class="row task-acts">
              ${
                status === "accepted"
                  ? html`<button ?disabled=${this._busy} @click=${this.#wrapUp}>Wrap up</button>`
                  : nothing
              }
              <button
                class=${status === "wrapping" ? "primary" : ""}
                ?disabled=${this._busy}
                @click=${this.#complete}
              >
                Complete
              </button>
              ${canBeTransferred(reservation) ? this.#transfer() : nothing}
            </div>`
      }
      ${
        task === undefined
          ? nothing
          : html`<details class="task-more">
              <summary class="small">Attributes</summary>
              ${json(task.attributes)}
            </details>`
      }
    </article>`;
  }

  #transfer(): unknown {
    if (!this._isTransferring)
      return html`<button ?disabled=${this._busy} @click=${() => (this._isTransferring = true)}>
        Transfer…
      </button>`;
    return html`<select
      aria-label="Transfer to"
      ?disabled=${this._busy}
      @change=${(event: Event) => {
        const to = (event.target as HTMLSelectElement).value;
        this._isTransferring = false;
        if (to !== "") this.#act(() => this.#ui.transfer(this.reservation, to));
      }}
    >
      <option value="">to whom?</option>
      ${this.targets.map(({ sid: value, name }) => html`<option value=${value}>${name.slice(0, 60)}</option>`)}
    </select>`;
  }

  get #ui(): FlexUi {
    return new FlexUi(this.desk);
  }

  readonly #accept = (): void => this.#act(() => this.#ui.accept(this.reservation));
  readonly #reject = (): void => this.#act(() => this.#ui.reject(this.reservation));
  readonly #wrapUp = (): void => this.#act(() => this.#ui.wrapUp(this.reservation));
  readonly #complete = (): void => this.#act(() => this.#ui.complete(this.reservation));

  #act(work: () => Promise<void>): void {
    this._busy = true;
    this._error = undefined;
    work()
      .catch((error: unknown) => (this._error = error as Error))
      .finally(() => (this._busy = false));
  }
}

/** Whom or what a task is about, in a few words. */
function titleOf(attributes: string): string {
  const { customerName, name, from, customerAddress, title, type } = attributesOf(attributes);
  const found = [customerName, name, from, customerAddress, title, type].find(
    (one) => typeof one === "string" && one !== "",
  );
  return typeof found === "string" ? found : "A task";
}

define("task-card", TaskCard);
