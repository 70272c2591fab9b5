import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Live } from "../../data/live.ts";
import { remember, remembered } from "../../data/remember.ts";
import { openWebChat } from "../../data/talk.ts";
import { define, PageElement } from "../../ui/element.ts";
import { empty, problem } from "../../ui/text.ts";
import "./phone-card.ts";
import { customerOf, newestTexts, numbers, type Text } from "./texts.ts";
import "./web-chat-card.ts";
import type { WebChat } from "./web-chat-card.ts";

/** How many phones stand beside each other; of more the ones that texted last. */
const most = 24;

/** A number of no country's that nobody has, the first that is free. */
function nextNumber(taken: readonly string[]): string {
  for (let index = 1; ; index++) {
    const number = `+1202555${String(100 + index).padStart(4, "0")}`;
    if (!taken.includes(number)) return number;
  }
}

/** Customers' phones and web chats. */
class PhonesPane extends PageElement {
  static override properties = {
    _added: { state: true },
    _hidden: { state: true },
    _chats: { state: true },
    _error: { state: true },
    _adding: { state: true },
  };
  declare _added: readonly string[];
  declare _hidden: readonly string[];
  declare _chats: readonly WebChat[];
  declare _error: Error | undefined;
  declare _adding: "phone" | "chat" | undefined;
  readonly #texts = new Live(this, { kinds: ["api.Message"], load: newestTexts });
  readonly #numbers = new Live(this, { kinds: ["api.IncomingPhoneNumber"], load: numbers });

  constructor() {
    super();
    this._added = remembered<readonly string[]>("phones", []);
    this._hidden = remembered<readonly string[]>("hidden phones", []);
    this._chats = remembered<readonly WebChat[]>("web chats", []);
  }

  protected override render(): unknown {
    const { value: ours, error } = this.#numbers;
    const texts = this.#texts.value ?? [];
    const byPhone = Map.groupBy(texts, customerOf);
    const phones = this.#phones(byPhone);
    const isEmpty = phones.length === 0 && this._chats.length === 0;
    return html`
      <div class="pane-head">
        <h1>Phones</h1>
        <div class="row">
          <button
            type="button"
            @click=${() => this.#toggle("phone")}
            aria-expanded=${this._adding === "phone"}
          >
            Add a phone
          </button>
          <button type="button" @click=${() => this.#toggle("chat")} aria-expanded=${this._adding === "chat"}>
            Add a web chat
          </button>
        </div>
      </div>
      ${this._adding === undefined ? nothing : this.#form(phones)} ${problem(error ?? this.#texts.error)}
      ${problem(this._error)}
      ${
        ours?.length === 0
          ? html`<p class="hint">
              The account has no number that customers could write to. <code>npm run up</code> makes those of
              the stack.
            </p>`
          : nothing
      }
      ${
        isEmpty && ours !== undefined && this.#texts.value !== undefined
          ? empty("Nobody has written yet", "Add a phone, and write to one of the account's numbers.")
          : nothing
      }
      <div class="phones">
        ${repeat(
          this._chats,
          ({ place }) => place.sid,
          (chat) =>
            html`<web-chat-card
              .chat=${chat}
              .hide=${() => this.#setChats(this._chats.filter((one) => one !== chat))}
            ></web-chat-card>`,
        )}
        ${
          ours === undefined
            ? nothing
            : repeat(
                phones,
                (number) => number,
                (number) =>
                  html`<phone-card
                    .number=${number}
                    .numbers=${ours}
                    .texts=${byPhone.get(number) ?? []}
                    .hide=${() => this.#hide(number)}
                  ></phone-card>`,
              )
        }
      </div>
    `;
  }

  /** Those that were added here, then those that texted last. */
  #phones(byPhone: ReadonlyMap<string, Text[]>): string[] {
    const seen = [...byPhone.keys()].filter((number) => !this._hidden.includes(number));
    return [...new Set([...this._added, ...seen])].slice(0, most);
  }

  #form(phones: readonly string[]): unknown {
    const isPhone = this._adding === "phone";
    return html`<form class="card add-phone" @submit=${this.#add}>
      <label class="field grow">
        ${isPhone ? "Number of the phone" : "Name of the visitor"}
        <input
          name="name"
          required
          autocomplete="off"
          inputmode=${isPhone ? "tel" : "text"}
          pattern=${isPhone ? "\\+[1-9][0-9]{5,14}" : nothing}
          title=${isPhone ? "In E.164: +12025550101" : nothing}
          maxlength="250"
          .value=${isPhone ? nextNumber(phones) : `visitor${this._chats.length + 1}`}
        />
      </label>
      <button class="primary">${isPhone ? "Add" : "Open the chat"}</button>
      <button class="quiet" type="button" @click=${() => (this._adding = undefined)}>Cancel</button>
    </form>`;
  }

  #toggle(what: "phone" | "chat"): void {
    this._adding = this._adding === what ? undefined : what;
    void this.updateComplete.then(() => this.querySelector<HTMLInputElement>(".add-phone input")?.select());
  }

  readonly #add = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = String(new FormData(event.target as HTMLFormElement).get("name") ?? "").trim();
    if (name === "") return;
    const isPhone = this._adding === "phone";
    this._adding = undefined;
    this._error = undefined;
    if (isPhone) return this.#addPhone(name);
    openWebChat(name).then(
      (place) => this.#setChats([{ identity: name, place }, ...this._chats]),
      (error: unknown) => (this._error = error as Error),
    );
  };

  #addPhone(number: string): void {
    this._added = [number, ...this._added.filter((one) => one !== number)];
    this._hidden = this._hidden.filter((one) => one !== number);
    remember("phones", this._added);
    remember("hidden phones", this._hidden);
  }

  #hide(number: string): void {
    this._added = this._added.filter((one) => one !== number);
    this._hidden = [...this._hidden.slice(-200), number];
    remember("phones", this._added);
    remember("hidden phones", this._hidden);
  }

  #setChats(chats: readonly WebChat[]): void {
    this._chats = chats;
    remember("web chats", chats);
  }
}

define("phones-pane", PhonesPane);
