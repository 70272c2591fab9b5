import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Draft } from "../../ui/composer.ts";
import "../../ui/composer.ts";
import { define, PageElement } from "../../ui/element.ts";
import { KeepAtEnd } from "../../ui/keep-at-end.ts";
import { badge, clockTime, type Tone, written } from "../../ui/text.ts";
import "./text-pictures.ts";
import { sendText, type Text } from "./texts.ts";

/** What has become of a text that went out; of one that came in there is nothing to say. */
const tones: Readonly<Record<string, Tone>> = {
  delivered: "good",
  read: "good",
  undelivered: "bad",
  failed: "bad",
};

/** `<phone-card number="…">`: a customer's phone. */
class PhoneCard extends PageElement {
  static override properties = {
    number: {},
    texts: { attribute: false },
    numbers: { attribute: false },
    hide: { attribute: false },
    _to: { state: true },
  };
  declare number: string;
  /** Of this phone, newest first. */
  declare texts: readonly Text[];
  /** The account's. */
  declare numbers: readonly { phone_number: string; friendly_name: string }[];
  declare hide: () => void;
  declare _to: string | undefined;

  constructor() {
    super();
    new KeepAtEnd(this, ".bubbles");
  }

  /** The number that is written to: the one that was chosen, else the one that it last was. */
  get #to(): string {
    const [last] = this.texts;
    const other = last === undefined ? undefined : last.direction === "inbound" ? last.to : last.from;
    const known = this.numbers.map(({ phone_number }) => phone_number);
    return [this._to, other].find((one) => one !== undefined && known.includes(one)) ?? known[0] ?? "";
  }

  protected override render(): unknown {
    const to = this.#to;
    return html`<section class="card phone" aria-label="Phone ${this.number}">
      <header class="phone-head">
        <h2><bdi>${this.number}</bdi></h2>
        <button
          class="icon quiet"
          type="button"
          aria-label="Hide ${this.number}"
          title="Hide"
          @click=${this.hide}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="m4 4 8 8M12 4l-8 8" /></svg>
        </button>
        <label class="phone-to">
          writes to
          <select
            .value=${to}
            @change=${(event: Event) => (this._to = (event.target as HTMLSelectElement).value)}
          >
            ${this.numbers.map(
              ({ phone_number: number, friendly_name: name }) =>
                html`<option value=${number} ?selected=${number === to}>
                  ${number}${name === number ? nothing : ` ${name.slice(0, 40)}`}
                </option>`,
            )}
          </select>
        </label>
      </header>
      <ol class="bubbles" role="log" aria-label="Texts of ${this.number}" tabindex="0">
        ${this.texts.length === 0 ? html`<li class="empty">No text yet.</li>` : nothing}
        ${repeat(
          [...this.texts].reverse(),
          ({ sid }) => sid,
          (text) => this.#bubble(text),
        )}
      </ol>
      <message-composer
        label="Text as ${this.number}"
        pictures
        ?disabled=${to === ""}
        .send=${({ body, mediaUrls }: Draft) => sendText({ from: this.number, to: this.#to, body, mediaUrls })}
      ></message-composer>
    </section>`;
  }

  #bubble(text: Text): unknown {
    const isOwn = text.direction === "inbound";
    return html`<li class="bubble ${isOwn ? "own" : ""}">
      ${text.body === "" ? nothing : written(text.body)}
      ${text.num_media === "0" ? nothing : html`<text-pictures sid=${text.sid}></text-pictures>`}
      <span class="about">
        <a href="#/journey/${text.sid}" title="Its journey">${clockTime(text.date_created)}</a>
        ${
          (isOwn ? text.to : text.from) === this.#to
            ? nothing
            : html`<span>${isOwn ? `to ${text.to}` : `from ${text.from}`}</span>`
        }
        ${isOwn ? nothing : badge(text.status, tones[text.status] ?? "waiting")}
        ${
          text.error_code === null
            ? nothing
            : html`<span>${text.error_code} ${text.error_message ?? ""}</span>`
        }
      </span>
    </li>`;
  }
}

define("phone-card", PhoneCard);
