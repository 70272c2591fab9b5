import { html, nothing } from "lit";
import { own } from "../../data/api.ts";
import { Live } from "../../data/live.ts";
import { define, PageElement } from "../../ui/element.ts";
import { json } from "../../ui/json.ts";
import { badge, clockTime, problem, type Tone } from "../../ui/text.ts";

interface Sunk {
  readonly id: number;
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly content_type: string;
  readonly body: string;
  /** Of the whole body, in characters. */
  readonly length: number;
  readonly signed: boolean;
  readonly answer: { readonly content_type: string; readonly body: string };
}

interface Sink {
  readonly port: number | null;
  readonly state: "open" | "taken" | "closed" | "none";
  readonly requests: readonly Sunk[];
}

const states: Readonly<Record<Sink["state"], readonly [text: string, tone: Tone, about: string]>> = {
  open: ["listening", "good", "It takes what the account sends to programs of yours that are not there."],
  taken: ["stands back", "plain", "Another program has the port, and gets what the account sends there."],
  closed: [
    "not listening",
    "plain",
    "It comes when the account sends something there, unless you gave the port up.",
  ],
  none: ["off", "plain", "This local Twilio was started without it."],
};

/** `<sink-card>`: what came to programs of the user's own that do not run. */
class SinkCard extends PageElement {
  static override properties = { _error: { state: true } };
  declare _error: Error | undefined;
  readonly #sink = new Live<Sink>(this, {
    kinds: ["emulator.Sink", "kernel.Webhook"],
    load: () => own<Sink>("GET", "/sink?limit=50"),
  });

  protected override render(): unknown {
    const { value: sink, error } = this.#sink;
    if (sink === undefined) return problem(error);
    const [text, tone, about] = states[sink.state];
    return html`<section class="card time-card wide" aria-label="Sink">
      <h2>Sink${sink.port === null ? nothing : html` <span class="soft small">port ${sink.port}</span>`}</h2>
      <p class="row small">${badge(text, tone)} <span class="soft">${about}</span></p>
      ${problem(this._error ?? error)}
      <p class="row">
        ${
          sink.state === "open"
            ? html`<button type="button" @click=${() => this.#send("POST", { open: false })}>
                Give the port up
              </button>`
            : sink.state === "none"
              ? nothing
              : html`<button type="button" @click=${() => this.#send("POST", { open: true })}>
                  Take the port
                </button>`
        }
        ${
          sink.requests.length === 0
            ? nothing
            : html`<button class="quiet" type="button" @click=${() => this.#send("DELETE")}>
                Forget what came
              </button>`
        }
      </p>
      ${
        sink.requests.length === 0
          ? html`<p class="soft small">Nothing came yet.</p>`
          : html`<ul class="lines" aria-label="What came">
              ${[...sink.requests].reverse().map((request) => this.#request(request))}
            </ul>`
      }
    </section>`;
  }

  #request({ time, method, path, content_type: type, body, length, signed, answer }: Sunk): unknown {
    const isForm = type.startsWith("application/x-www-form-urlencoded");
    const fields = [...new URLSearchParams(isForm ? body : "")];
    const event = fields.find(([name]) => name === "EventType")?.[1];
    return html`<li>
      <details class="sunk">
        <summary>
          <span class="line-title"
            ><span><bdi>${method} ${path}</bdi></span></span
          >
          <span class="soft small"
            >${event === undefined ? nothing : html`<bdi>${event}</bdi> `}${clockTime(time)}</span
          >
        </summary>
        <div class="sunk-content">
          <p class="small">${signed ? badge("signed by Twilio's scheme", "good") : badge("not signed")}</p>
          ${
            isForm
              ? html`<dl class="fields small">
                  ${fields.map(
                    ([name, value]) =>
                      html`<dt><bdi>${name}</bdi></dt>
                        <dd><bdi class="written" dir="auto">${value}</bdi></dd>`,
                  )}
                </dl>`
              : json(body)
          }
          ${length > body.length ? html`<p class="soft small">It had ${length.toLocaleString("en")} characters.</p>` : nothing}
          <p class="small soft">Answered with ${answer.content_type}:</p>
          ${json(answer.body)}
        </div>
      </details>
    </li>`;
  }

  #send(method: "POST" | "DELETE", change?: object): void {
    this._error = undefined;
    own(method, "/sink", change)
      .catch((error: unknown) => (this._error = error as Error))
      .finally(() => void this.#sink.refresh());
  }
}

define("sink-card", SinkCard);
