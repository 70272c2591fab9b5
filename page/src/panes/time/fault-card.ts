import { html, nothing } from "lit";
import { own } from "../../data/api.ts";
import { Live } from "../../data/live.ts";
import { define, PageElement } from "../../ui/element.ts";
import { badge, problem } from "../../ui/text.ts";
import { effects, type Fault, faultOf, textOf } from "./faults.ts";

const hosts = ["", "api", "chat", "conversations", "flex-api", "messaging", "proxy", "studio", "taskrouter"];

/** `<fault-card>`: which requests go wrong on purpose, and more of them. */
class FaultCard extends PageElement {
  static override properties = { _error: { state: true } };
  declare _error: Error | undefined;
  readonly #faults = new Live<readonly Fault[]>(this, {
    kinds: ["emulator.Fault"],
    load: async () => (await own<{ faults: Fault[] }>("GET", "/faults")).faults,
  });

  protected override render(): unknown {
    const { value: faults = [], error } = this.#faults;
    return html`<section class="card time-card" aria-label="Faults">
      <h2>Faults</h2>
      <p class="soft small">
        Requests to Twilio's hosts that go wrong until you take the fault away, or the local Twilio ends.
      </p>
      ${problem(this._error ?? error)}
      <form class="fault-form" @submit=${this.#add}>
        <label class="field">
          Host
          <select name="host">
            ${hosts.map((host) => html`<option value=${host}>${host === "" ? "any" : host}</option>`)}
          </select>
        </label>
        <label class="field">
          Method
          <select name="method">
            ${["", "GET", "POST", "DELETE"].map((one) => html`<option value=${one}>${one === "" ? "any" : one}</option>`)}
          </select>
        </label>
        <label class="field grow">
          Path
          <input name="path" placeholder="any, or /v2/Services/**" autocomplete="off" maxlength="500" />
        </label>
        <label class="field">
          What happens
          <select name="effect">
            ${effects.map(({ id, title }) => html`<option value=${id}>${title}</option>`)}
          </select>
        </label>
        <label class="field">
          Times
          <input class="seconds" name="times" type="number" min="1" step="1" placeholder="always" />
        </label>
        <button class="primary">Turn on</button>
      </form>
      ${
        faults.length === 0
          ? html`<p class="soft small">None: every request is answered as it should be.</p>`
          : html`<ul class="lines" aria-label="Faults that are on">
                ${faults.map((fault) => this.#fault(fault))}
              </ul>
              <p><button type="button" @click=${() => this.#remove("")}>Turn all off</button></p>`
      }
    </section>`;
  }

  #fault(fault: Fault): unknown {
    return html`<li class="line-plain">
      <span>${badge("on", "bad")} <bdi>${textOf(fault)}</bdi></span>
      <span class="soft small"
        >hit ${fault.hits}${fault.times === undefined ? nothing : html` of ${fault.times}`}</span
      >
      <button
        class="quiet"
        type="button"
        aria-label="Turn off: ${textOf(fault)}"
        @click=${() => this.#remove(`/${fault.id}`)}
      >
        Turn off
      </button>
    </li>`;
  }

  readonly #add = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#send(() => own("POST", "/faults", faultOf(new FormData(event.target as HTMLFormElement))));
  };

  #remove(which: string): void {
    this.#send(() => own("DELETE", `/faults${which}`));
  }

  #send(work: () => Promise<unknown>): void {
    this._error = undefined;
    work()
      .catch((error: unknown) => (this._error = error as Error))
      .finally(() => void this.#faults.refresh());
  }
}

define("fault-card", FaultCard);
