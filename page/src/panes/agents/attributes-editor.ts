import { html, nothing } from "lit";
import { define, PageElement } from "../../ui/element.ts";
import { pretty } from "../../ui/json.ts";
import { problem } from "../../ui/text.ts";

/** `<attributes-editor .value=${…} .save=${…}>`: a worker's attributes as JSON, which are routed by at once. */
class AttributesEditor extends PageElement {
  static override properties = {
    value: {},
    save: { attribute: false },
    _draft: { state: true },
    _error: { state: true },
    _saved: { state: true },
  };
  declare value: string;
  declare save: (attributes: string) => Promise<unknown>;
  /** What was typed and not saved. */
  declare _draft: string | undefined;
  declare _error: Error | undefined;
  declare _saved: boolean;

  protected override render(): unknown {
    return html`<form class="attributes" @submit=${this.#submit}>
      <textarea
        aria-label="Attributes as JSON"
        spellcheck="false"
        rows="6"
        .value=${this._draft ?? pretty(this.value)}
        @input=${(event: Event) => {
          this._draft = (event.target as HTMLTextAreaElement).value;
          this._saved = false;
        }}
      ></textarea>
      ${problem(this._error)}
      <div class="row">
        <button class="primary" ?disabled=${this._draft === undefined}>Save</button>
        ${
          this._draft === undefined
            ? nothing
            : html`<button class="quiet" type="button" @click=${() => (this._draft = undefined)}>
                Undo
              </button>`
        }
        <span class="soft small" role="status">${this._saved ? "Saved." : ""}</span>
      </div>
    </form>`;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const draft = this._draft;
    if (draft === undefined) return;
    this._error = undefined;
    try {
      JSON.parse(draft);
    } catch (error) {
      this._error = new Error(`This is no JSON: ${(error as Error).message}`);
      return;
    }
    this.save(draft).then(
      () => {
        this._draft = undefined;
        this._saved = true;
      },
      (error: unknown) => (this._error = error as Error),
    );
  };
}

define("attributes-editor", AttributesEditor);
