import { html } from "lit";
import { define, PageElement } from "../../ui/element.ts";
import { picturesOf } from "./texts.ts";

/** `<text-pictures sid="MM…">`: the pictures of a text. Those from elsewhere are links: the page loads nothing from there. */
class TextPictures extends PageElement {
  static override properties = { sid: {}, _paths: { state: true }, _elsewhere: { state: true } };
  declare sid: string;
  declare _paths: readonly string[] | undefined;
  declare _elsewhere: readonly string[] | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    picturesOf(this.sid).then(
      (paths) => (this._paths = paths),
      () => (this._paths = []),
    );
  }

  protected override render(): unknown {
    return (this._paths ?? []).map((path) =>
      this._elsewhere?.includes(path) === true
        ? html`<a class="media" href=${path} target="_blank" rel="noopener noreferrer">Picture</a>`
        : html`<img
            src=${path}
            alt="Picture"
            @error=${() => (this._elsewhere = [...(this._elsewhere ?? []), path])}
          />`,
    );
  }
}

define("text-pictures", TextPictures);
