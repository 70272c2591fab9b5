import { html, nothing } from "lit";
import { Live } from "../../data/live.ts";
import { define, PageElement } from "../../ui/element.ts";
import { empty, problem } from "../../ui/text.ts";
import { routing, routingKinds, type Trial, type Workspace } from "./routing-data.ts";
import "./routing-picture.ts";
import "./task-trial.ts";

/** Workflows, queues and workers with what waits where, and where a task would go. */
class RoutingPane extends PageElement {
  static override properties = { _workspace: { state: true }, _trial: { state: true } };
  /** SID of the one that is shown; empty: the one with most workflows. */
  declare _workspace: string;
  declare _trial: Trial | undefined;
  readonly #all = new Live<readonly Workspace[]>(this, { kinds: routingKinds, load: routing });

  constructor() {
    super();
    this._workspace = "";
  }

  protected override render(): unknown {
    const { value: all, error } = this.#all;
    if (all === undefined) return problem(error);
    const fullest = all.toSorted((a, b) => b.workflows.length - a.workflows.length)[0];
    const shown = all.find(({ sid }) => sid === this._workspace) ?? fullest;
    return html`
      <div class="pane-head">
        <h1>Routing</h1>
        ${
          all.length < 2
            ? nothing
            : html`<select
                aria-label="Workspace"
                @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}
              >
                ${all.map(
                  ({ sid, name }) =>
                    html`<option value=${sid} ?selected=${sid === shown?.sid}>${name}</option>`,
                )}
              </select>`
        }
      </div>
      ${problem(error)}
      ${
        shown === undefined
          ? empty("There is no workspace", html`<code>npm run up</code> makes the one of the stack.`)
          : html`
              <task-trial
                .workspace=${shown}
                .tried=${(trial: Trial | undefined) => (this._trial = trial)}
              ></task-trial>
              <routing-picture .workspace=${shown} .outcome=${this._trial?.outcome}></routing-picture>
            `
      }
    `;
  }

  #choose(sid: string): void {
    this._workspace = sid;
    this._trial = undefined;
  }
}

define("routing-pane", RoutingPane);
