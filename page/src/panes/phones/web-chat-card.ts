import { html } from "lit";
import { type Place, sayAsVisitor } from "../../data/talk.ts";
import type { Draft } from "../../ui/composer.ts";
import "../../ui/composer.ts";
import { define, PageElement } from "../../ui/element.ts";
import "../../ui/talk-view.ts";
import { named } from "../../ui/text.ts";

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

  protected override render(): unknown {
    const { identity, place } = this.chat;
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
      <talk-view .place=${place} own=${identity} label="Messages of ${identity}"></talk-view>
      <message-composer
        label="Say as ${identity}"
        pictures
        .send=${({ body, mediaUrls }: Draft) => sayAsVisitor(place, { from: identity, body, mediaUrls })}
      ></message-composer>
    </section>`;
  }
}

define("web-chat-card", WebChatCard);
