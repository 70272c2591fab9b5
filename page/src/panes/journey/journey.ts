import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Live } from "../../data/live.ts";
import { define, PageElement } from "../../ui/element.ts";
import { clockTime, empty, named, problem } from "../../ui/text.ts";
import "./journey-detail.ts";
import { type JourneySummary, recentJourneys } from "./journey-data.ts";

/** What became of what came in: the newest conversations, and the whole way of one. */
class JourneyPane extends PageElement {
  static override properties = { sid: {} };
  /** Of a conversation or a message; empty: the newest. */
  declare sid: string;
  readonly #journeys = new Live<readonly JourneySummary[]>(this, {
    kinds: ["journey.JournalEntry"],
    load: recentJourneys,
  });

  protected override render(): unknown {
    const { value: all, error } = this.#journeys;
    if (all === undefined) return problem(error);
    const chosen = this.sid === "" ? (all[0]?.sid ?? "") : this.sid;
    return html`
      <div class="pane-head"><h1>Journey</h1></div>
      ${problem(error)}
      ${
        chosen === ""
          ? empty(
              "Nothing came in yet",
              html`Write from a phone, <a href="#/phones">here</a> or with
                <code>npx flex-stack simulate</code>.`,
            )
          : html`<div class="journeys" data-chosen=${this.sid !== ""}>
              <ul class="journey-list" aria-label="Conversations">
                ${repeat(
                  all,
                  ({ sid }) => sid,
                  (one) => this.#summary(one, chosen),
                )}
              </ul>
              <div class="journey-detail">
                ${this.sid === "" ? nothing : html`<a class="journey-back" href="#/journey">All conversations</a>`}
                <journey-detail
                  .sid=${chosen}
                  .summary=${all.find(({ sid }) => sid === chosen)}
                ></journey-detail>
              </div>
            </div>`
      }
    `;
  }

  #summary({ sid, last, text, errors, from, words, name, stage }: JourneySummary, chosen: string): unknown {
    return html`<li>
      <a class="journey-link" href="#/journey/${sid}" aria-current=${sid === chosen ? "true" : nothing}>
        <span class="journey-who">${named(from ?? name ?? sid)}</span>
        <span class="soft small">${clockTime(last)}</span>
        <span class="journey-words small">${named(words)}</span>
        <span class="small ${errors > 0 ? "journey-bad" : "soft"}">${stage}: ${named(text)}</span>
      </a>
    </li>`;
  }
}

define("journey-pane", JourneyPane);
