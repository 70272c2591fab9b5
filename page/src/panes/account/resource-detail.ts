import { html, nothing, type PropertyValues } from "lit";
import { Live } from "../../data/live.ts";
import { define, PageElement } from "../../ui/element.ts";
import { json } from "../../ui/json.ts";
import { empty, problem, sid as sidLink } from "../../ui/text.ts";
import { type Shown, showResource } from "./account-data.ts";
import { requestLine } from "./request-line.ts";

/** Resources that have a journey to look at. */
const travels = /^(?:CH|SM|MM|IM)/;

/** `<resource-detail sid="…" kind="…">`: a resource as its API shows it, and the last requests that touched it. */
class ResourceDetail extends PageElement {
  static override properties = { sid: {}, kind: {} };
  declare sid: string;
  /** Of several that have one SID; empty: the oldest. */
  declare kind: string;
  readonly #kinds: string[] = [];
  readonly #shown = new Live<Shown | undefined>(this, {
    kinds: this.#kinds,
    load: async () => {
      if (this.sid === "") return undefined;
      const shown = await showResource(this.sid, this.kind);
      this.#kinds.splice(0, Infinity, shown.kind);
      return shown;
    },
    about: ({ sid }) => sid === this.sid,
  });

  constructor() {
    super();
    this.sid = this.kind = "";
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.get("sid") !== undefined || changed.get("kind") !== undefined) void this.#shown.restart();
  }

  protected override render(): unknown {
    const { value: shown, error } = this.#shown;
    if (this.sid === "")
      return empty("No resource chosen", "Choose one of the list to see it as its API shows it.");
    if (shown === undefined) return problem(error);
    return html`
      <article class="card detail" aria-label="${shown.name} ${shown.sid}">
        <header>
          <p class="soft small">${shown.place}</p>
          <h2>${shown.name}</h2>
          <p class="row small">
            ${sidLink(shown.sid)}
            ${shown.parent === "" || shown.parent === shown.sid ? nothing : html`<span>in ${sidLink(shown.parent)}</span>`}
            ${travels.test(shown.sid) ? html`<a href="#/journey/${shown.sid}">Its journey</a>` : nothing}
          </p>
        </header>
        ${problem(error)}
        ${
          shown.api === null
            ? html`<p class="soft small">No API of Twilio has this: it is shown as it is stored.</p>`
            : html`<p class="small api"><span class="soft">GET</span> <code>${shown.api}</code></p>`
        }
        ${json(shown.resource)}
        <h3>Last requests that touched it</h3>
        ${
          shown.requests.length === 0
            ? html`<p class="soft small">None of those that are remembered.</p>`
            : html`<ul class="lines">
                ${[...shown.requests].reverse().map((request) => requestLine(request, ""))}
              </ul>`
        }
      </article>
    `;
  }
}

define("resource-detail", ResourceDetail);
