import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Live } from "../../data/live.ts";
import { type Place, type Said, saidIn, sayAsVisitor } from "../../data/talk.ts";
import type { Draft } from "../../ui/composer.ts";
import "../../ui/composer.ts";
import { define, PageElement } from "../../ui/element.ts";
import { KeepAtEnd } from "../../ui/keep-at-end.ts";
import { media } from "../../ui/media.ts";
import { clockTime, named, problem, written } from "../../ui/text.ts";

/** A visitor's web chat, as this browser remembers it. */
export interface WebChat {
  readonly identity: string;
  readonly place: Place;
}

/** `<web-chat-card .chat=${…}>`: what a visitor of a web site sees. */
class WebChatCard extends PageElement {
  static override properties = { chat: { attribute: false }, hide: { attribute: false } };
  declare chat: WebChat;
  declare hide: () => void;
  readonly #said = new Live<readonly Said[]>(this, {
    kinds: ["chat.Message", "chat.Channel"],
    about: ({ sid, of }) => sid === this.chat.place.sid || of.includes(this.chat.place.sid),
    load: () => saidIn(this.chat.place),
  });

  constructor() {
    super();
    new KeepAtEnd(this, ".bubbles");
  }

  protected override render(): unknown {
    const { identity, place } = this.chat;
    const { value: said = [], error } = this.#said;
    return html`<section class="card phone web-chat" aria-label="Web chat of ${identity}">
      <header class="phone-head">
        <h2>${named(identity)}</h2>
        <button
          class="icon quiet"
          type="button"
          aria-label="Hide ${identity}"
          title="Hide"
          @click=${this.hide}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="m4 4 8 8M12 4l-8 8" /></svg>
        </button>
        <span class="soft small"
          >web chat ·
          <a href="#/journey/${place.sid}">${place.sid.slice(0, 2)}…${place.sid.slice(-6)}</a></span
        >
      </header>
      ${problem(error)}
      <ol class="bubbles" role="log" aria-label="Messages of ${identity}" tabindex="0">
        ${said.length === 0 ? html`<li class="empty">Nothing was said yet.</li>` : nothing}
        ${repeat(
          said,
          ({ sid }) => sid,
          ({ author, body, time, media: files }) =>
            html`<li class="bubble ${author === identity ? "own" : ""}">
              ${body === "" ? nothing : written(body)}${files.map((url) => media(url))}
              <span class="about">${clockTime(time)}${author === identity ? nothing : named(author)}</span>
            </li>`,
        )}
      </ol>
      <message-composer
        label="Say as ${identity}"
        pictures
        .send=${({ body, mediaUrls }: Draft) => sayAsVisitor(place, { from: identity, body, mediaUrls })}
      ></message-composer>
    </section>`;
  }
}

define("web-chat-card", WebChatCard);
