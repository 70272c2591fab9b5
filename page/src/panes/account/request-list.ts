import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { define, PageElement } from "../../ui/element.ts";
import { empty, problem } from "../../ui/text.ts";
import { anyRequest, listRequests, type Logged, type RequestFilters } from "./account-data.ts";
import { requestLine } from "./request-line.ts";

/** Milliseconds between two looks: what is only read is told by nobody. */
const pause = 2000;

/** `<request-list>`: the log of requests, the newest first, by filters. */
class RequestList extends PageElement {
  static override properties = {
    chosen: {},
    _filters: { state: true },
    _requests: { state: true },
    _error: { state: true },
  };
  /** Number of the one that is shown. */
  declare chosen: string;
  declare _filters: RequestFilters;
  declare _requests: readonly Logged[] | undefined;
  declare _error: Error | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.chosen = "";
    this._filters = anyRequest;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
    this.#timer = setInterval(() => void (document.hidden || this.#load()), pause);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  async #load(): Promise<void> {
    const filters = this._filters;
    try {
      const requests = await listRequests(filters);
      if (filters !== this._filters) return;
      this._requests = requests;
      this._error = undefined;
    } catch (error) {
      this._error = error as Error;
    }
  }

  protected override render(): unknown {
    const { method, host, path, status, operation, by } = this._filters;
    const hosts = [
      "",
      "api",
      "chat",
      "conversations",
      "flex-api",
      "messaging",
      "proxy",
      "studio",
      "taskrouter",
    ];
    return html`
      <form class="list-tools" role="search" @submit=${(event: Event) => event.preventDefault()}>
        ${this.#select("Method", "method", method, [["", "Any"], ["GET"], ["POST"], ["DELETE"]])}
        ${this.#select("Status", "status", status, [
          ["", "Any"],
          ["2xx"],
          ["3xx"],
          ["4xx"],
          ["5xx"],
          ["0", "dropped"],
        ])}
        ${this.#select(
          "Host",
          "host",
          host,
          hosts.map((one) => [one, one === "" ? "Any" : one]),
        )}
        ${this.#select("Sent by", "by", by, [
          ["programs", "programs"],
          ["page", "this page"],
          ["", "anybody"],
        ])}
        ${this.#text("Path", "path", path)} ${this.#text("Operation", "operation", operation)}
      </form>
      ${problem(this._error)}
      ${
        this._requests === undefined
          ? nothing
          : this._requests.length === 0
            ? empty("No such request", "The last 1,000 are remembered, for as long as the local Twilio runs.")
            : html`<ul class="lines" aria-label="Requests">
                ${repeat(
                  this._requests,
                  ({ id }) => id,
                  (request) => requestLine(request, this.chosen),
                )}
              </ul>`
      }
    `;
  }

  #select(
    label: string,
    name: keyof RequestFilters,
    value: string,
    options: readonly (readonly [value: string, text?: string])[],
  ): unknown {
    return html`<label class="field">
      ${label}
      <select .value=${value} @change=${(event: Event) => this.#set(name, event)}>
        ${options.map(
          ([each, text = each]) => html`<option value=${each} ?selected=${each === value}>${text}</option>`,
        )}
      </select>
    </label>`;
  }

  #text(label: string, name: keyof RequestFilters, value: string): unknown {
    return html`<label class="field grow">
      ${label}
      <input
        type="search"
        maxlength="200"
        autocomplete="off"
        placeholder="Any part of it"
        .value=${value}
        @input=${(event: Event) => this.#set(name, event)}
      />
    </label>`;
  }

  #set(name: keyof RequestFilters, event: Event): void {
    const { value } = event.target as HTMLInputElement | HTMLSelectElement;
    this._filters = { ...this._filters, [name]: value.trim() };
    void this.#load();
  }
}

define("request-list", RequestList);
