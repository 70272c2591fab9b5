import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Live } from "../data/live.ts";
import { type Place, type Said, saidIn } from "../data/talk.ts";
import { define, PageElement } from "./element.ts";
import { KeepAtEnd } from "./keep-at-end.ts";
import { media } from "./media.ts";
import { clockTime, named, problem, written } from "./text.ts";

/** `<talk-view .place=${…} own="…">`: who said what, with what `own` said on the other side. */
class TalkView extends PageElement {
  static override properties = { place: { attribute: false }, own: {}, label: {} };
  declare place: Place;
  /** An identity. */
  declare own: string;
  declare label: string;
  #shown = "";
  readonly #said = new Live<readonly Said[]>(this, {
    kinds: ["chat.Message", "chat.Channel"],
    about: ({ sid, of }) => sid === this.place.sid || of.includes(this.place.sid),
    load: () => saidIn(this.place),
  });

  constructor() {
    super();
    new KeepAtEnd(this, ".bubbles");
  }

  protected override willUpdate(): void {
    if (this.#shown !== "" && this.#shown !== this.place.sid) void this.#said.restart();
    this.#shown = this.place.sid;
  }

  protected override render(): unknown {
    const { value: said = [], error } = this.#said;
    return html`${problem(error)}
      <ol class="bubbles" role="log" aria-label=${this.label} tabindex="0">
        ${said.length === 0 ? html`<li class="empty">Nothing was said yet.</li>` : nothing}
        ${repeat(
          said,
          ({ sid }) => sid,
          ({ author, body, time, media: files }) =>
            html`<li class="bubble ${author === this.own ? "own" : ""}">
              ${body === "" ? nothing : written(body)}${files.map((url) => media(url))}
              <span class="about">${clockTime(time)}${author === this.own ? nothing : named(author)}</span>
            </li>`,
        )}
      </ol>`;
  }
}

define("talk-view", TalkView);
