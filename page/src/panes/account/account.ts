import { html, nothing } from "lit";
import { define, PageElement } from "../../ui/element.ts";
import "./request-detail.ts";
import "./request-list.ts";
import "./resource-detail.ts";
import "./resource-list.ts";

/** What the account holds, and what it was asked: lists, and one of them in full. */
class AccountPane extends PageElement {
  static override properties = { path: { attribute: false } };
  /** A SID, and of which kind; or `requests`, and the number of one. */
  declare path: readonly string[];

  protected override render(): unknown {
    const [first = "", second = ""] = this.path;
    const isLog = first === "requests";
    const chosen = isLog ? second : first;
    const tab = (href: string, title: string, isHere: boolean): unknown =>
      html`<a class="tab" href=${href} aria-current=${isHere ? "page" : nothing}>${title}</a>`;
    return html`
      <div class="pane-head">
        <h1>Account</h1>
        <nav class="tabs" aria-label="What of the account">
          ${tab("#/account", "Resources", !isLog)} ${tab("#/account/requests", "Requests", isLog)}
        </nav>
      </div>
      <div class="split" data-chosen=${chosen !== ""}>
        <div class="split-list">
          ${
            isLog
              ? html`<request-list .chosen=${chosen}></request-list>`
              : html`<resource-list .chosen=${`${second} ${first}`}></resource-list>`
          }
        </div>
        <div class="split-detail">
          ${chosen === "" ? nothing : html`<a class="split-back" href=${isLog ? "#/account/requests" : "#/account"}>Back to the list</a>`}
          ${
            isLog
              ? html`<request-detail .number=${chosen}></request-detail>`
              : html`<resource-detail .sid=${first} .kind=${second}></resource-detail>`
          }
        </div>
      </div>
    `;
  }
}

define("account-pane", AccountPane);
