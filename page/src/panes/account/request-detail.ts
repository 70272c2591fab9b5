import { html, nothing, type PropertyValues } from "lit";
import { define, PageElement } from "../../ui/element.ts";
import { json } from "../../ui/json.ts";
import { badge, clockTime, empty, problem } from "../../ui/text.ts";
import { type Body, type LoggedInFull, showRequest } from "./account-data.ts";
import { toneOf } from "./request-line.ts";

/** `<request-detail number="…">`: a request with its answer, and as a command of curl. */
class RequestDetail extends PageElement {
  static override properties = {
    number: {},
    _shown: { state: true },
    _error: { state: true },
    _copied: { state: true },
  };
  declare number: string;
  declare _shown: LoggedInFull | undefined;
  declare _error: Error | undefined;
  declare _copied: boolean;

  constructor() {
    super();
    this.number = "";
    this._copied = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("number")) return;
    this._shown = undefined;
    this._error = undefined;
    this._copied = false;
    if (this.number !== "") void this.#load(this.number);
  }

  async #load(number: string): Promise<void> {
    try {
      const shown = await showRequest(number);
      if (number === this.number) this._shown = shown;
    } catch (error) {
      if (number === this.number) this._error = error as Error;
    }
  }

  protected override render(): unknown {
    if (this.number === "")
      return empty("No request chosen", "Choose one of the list to see what was sent and answered.");
    const shown = this._shown;
    if (shown === undefined) return problem(this._error);
    const { method, host, path, query, status, operation, time, content_type: type } = shown;
    return html`
      <article class="card detail" aria-label="Request ${this.number}">
        <header>
          <h2><bdi>${operation ?? `${method} ${path.slice(0, 80)}`}</bdi></h2>
          <p class="row small">
            ${badge(status === 0 ? "dropped before it was handled" : String(status), toneOf(status))}
            ${clockTime(time)}
          </p>
          <p class="small api">
            <span class="soft">${method}</span> <code>${host}${path}${query === "" ? "" : `?${query}`}</code>
          </p>
        </header>
        <h3>Again, with curl</h3>
        ${
          shown.curl === null
            ? nothing
            : html`<div class="command">
                <pre tabindex="0" dir="ltr">${shown.curl}</pre>
                <button type="button" @click=${() => this.#copy(shown.curl ?? "")}>
                  ${this._copied ? "Copied" : "Copy as curl"}
                </button>
              </div>`
        }
        ${shown.curl_note === null ? nothing : html`<p class="soft small">${shown.curl_note}</p>`}
        <h3>Sent${type === null ? nothing : html` <span class="soft small">${type}</span>`}</h3>
        ${this.#body(shown.request, type?.startsWith("application/x-www-form-urlencoded") === true)}
        <h3>Answered</h3>
        ${this.#body(shown.answer, false)}
      </article>
    `;
  }

  #body(body: Body | null, isForm: boolean): unknown {
    if (body === null) return html`<p class="soft small">Not kept.</p>`;
    if (body.text === "") return html`<p class="soft small">Nothing.</p>`;
    return html`${isForm ? form(body.text) : json(body.text)}
    ${
      body.is_cut
        ? html`<p class="soft small">It goes on: it had ${body.length.toLocaleString("en")} characters.</p>`
        : nothing
    }`;
  }

  #copy(text: string): void {
    void navigator.clipboard?.writeText(text).then(
      () => (this._copied = true),
      () => undefined,
    );
  }
}

/** The fields of a form, one a line. */
function form(text: string): unknown {
  const fields = [...new URLSearchParams(text)];
  return html`<dl class="fields">
    ${fields.map(
      ([name, value]) =>
        html`<dt><bdi>${name}</bdi></dt>
          <dd><bdi class="written" dir="auto">${value}</bdi></dd>`,
    )}
  </dl>`;
}

define("request-detail", RequestDetail);
