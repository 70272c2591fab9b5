import { html, nothing } from "lit";
import { own } from "../../data/api.ts";
import { define, PageElement } from "../../ui/element.ts";
import { problem } from "../../ui/text.ts";

/**
 * `<reset-card>`: how to begin anew. Not from here: programs and Pulumi states know this local Twilio by its identity, and
 * what is under way would meet another account half-way.
 */
class ResetCard extends PageElement {
  static override properties = {
    _isAsking: { state: true },
    _error: { state: true },
    _isDone: { state: true },
  };
  declare _isAsking: boolean;
  declare _error: Error | undefined;
  declare _isDone: boolean;

  protected override render(): unknown {
    return html`<section class="card time-card" aria-label="Reset">
      <h2>Begin anew</h2>
      <p class="small">
        An account as its seed makes it takes a new start: this one stays as it is while somebody may be using
        it. Press Ctrl-C where the local Twilio runs, then
      </p>
      <pre class="json" tabindex="0">npm run emulator -- --reset</pre>
      <p class="soft small">
        It asks before it throws anything away. The next <code>npm run up -- --refresh</code> makes the stack
        again.
      </p>
      <p class="small">What is only remembered can go now: the log of requests, with all counts.</p>
      ${problem(this._error)}
      ${
        this._isAsking
          ? html`<p class="row" role="group" aria-label="Forget all requests?">
              <span>Forget all requests?</span>
              <button class="danger" type="button" @click=${this.#forget}>Forget them</button>
              <button class="quiet" type="button" @click=${() => (this._isAsking = false)}>Cancel</button>
            </p>`
          : html`<p class="row">
              <button type="button" @click=${() => (this._isAsking = true)}>Forget all requests…</button>
              ${this._isDone ? html`<span class="soft small" role="status">They are forgotten.</span>` : nothing}
            </p>`
      }
    </section>`;
  }

  readonly #forget = (): void => {
    this._isAsking = false;
    this._error = undefined;
    own("DELETE", "/requests").then(
      () => (this._isDone = true),
      (error: unknown) => (this._error = error as Error),
    );
  };
}

define("reset-card", ResetCard);
