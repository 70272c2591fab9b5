import { html, nothing } from "lit";
import { define, PageElement } from "./element.ts";
import { samplePicture } from "./media.ts";
import { problem } from "./text.ts";

/** What somebody is about to send. */
export interface Draft {
  readonly body: string;
  readonly mediaUrls: readonly string[];
}

/**
 * `<message-composer label="…" .send=${…}>`: a text, with a picture where `pictures` is set. Enter sends, Shift and Enter begins a
 * line. What could not be sent stays, with the reason.
 */
class MessageComposer extends PageElement {
  static override properties = {
    label: {},
    pictures: { type: Boolean },
    disabled: { type: Boolean },
    send: { attribute: false },
    _picture: { state: true },
    _error: { state: true },
    _isSending: { state: true },
  };
  declare label: string;
  declare pictures: boolean;
  declare disabled: boolean;
  declare send: (draft: Draft) => Promise<unknown>;
  declare _picture: string | undefined;
  declare _error: Error | undefined;
  declare _isSending: boolean;

  protected override render(): unknown {
    return html`
      ${problem(this._error)}
      ${
        this._picture === undefined
          ? nothing
          : html`<div class="composer-picture">
              <input
                type="url"
                aria-label="Address of the picture"
                .value=${this._picture}
                @input=${(event: Event) => (this._picture = (event.target as HTMLInputElement).value)}
              />
              <button class="quiet" type="button" @click=${() => (this._picture = undefined)}>Remove</button>
            </div>`
      }
      <form class="composer" @submit=${this.#submit}>
        <textarea
          rows="1"
          name="body"
          autocomplete="off"
          aria-label=${this.label}
          placeholder=${this.label}
          ?disabled=${this.disabled}
          @keydown=${this.#onKey}
        ></textarea>
        ${
          this.pictures
            ? html`<button
                class="icon"
                type="button"
                title="Add a picture"
                aria-label="Add a picture"
                @click=${() => (this._picture ??= samplePicture)}
              >
                <svg viewBox="0 0 16 16" aria-hidden="true">
                  <rect x="1.5" y="2.5" width="13" height="11" rx="2" />
                  <circle cx="5.5" cy="6" r="1.2" />
                  <path d="m2 12 4-3.5 2.5 2 2.5-3 3 3" />
                </svg>
              </button>`
            : nothing
        }
        <button class="primary" ?disabled=${this.disabled || this._isSending}>Send</button>
      </form>
    `;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void this.#sendNow();
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    void this.#sendNow();
  };

  async #sendNow(): Promise<void> {
    const field = this.querySelector("textarea");
    const body = field?.value ?? "";
    const mediaUrls = this._picture === undefined || this._picture === "" ? [] : [this._picture];
    if (field === null || this._isSending || (body.trim() === "" && mediaUrls.length === 0)) return;
    this._isSending = true;
    this._error = undefined;
    try {
      await this.send({ body, mediaUrls });
      field.value = "";
      this._picture = undefined;
    } catch (error) {
      this._error = error as Error;
    } finally {
      this._isSending = false;
      field.focus();
    }
  }
}

define("message-composer", MessageComposer);
