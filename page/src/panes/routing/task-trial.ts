import { html, nothing } from "lit";
import { remember, remembered } from "../../data/remember.ts";
import { define, PageElement } from "../../ui/element.ts";
import { badge, problem, written } from "../../ui/text.ts";
import { type Trial, tryTask, type Workspace } from "./routing-data.ts";

/** `<task-trial>`: a task's attributes, and where it would go. No task is made. */
class TaskTrial extends PageElement {
  static override properties = {
    workspace: { attribute: false },
    tried: { attribute: false },
    _trial: { state: true },
    _error: { state: true },
  };
  declare workspace: Workspace;
  /** Is given what came of it, and nothing when something else is to be tried. */
  declare tried: (trial: Trial | undefined) => void;
  declare _trial: Trial | undefined;
  declare _error: Error | undefined;

  protected override render(): unknown {
    const { workflows, task_channels: channels } = this.workspace;
    return html`<section class="card trial" aria-label="Try a task">
      <h2>Where would a task go?</h2>
      <form class="trial-form" @submit=${this.#submit}>
        <label class="field grow">
          Attributes
          <textarea
            name="attributes"
            rows="2"
            spellcheck="false"
            maxlength="8192"
            required
            .value=${remembered("tried attributes", '{"skill": "billing"}')}
            @keydown=${this.#onKey}
          ></textarea>
        </label>
        <label class="field">
          Workflow
          <select name="workflow">
            ${workflows.map(({ sid, name }) => html`<option value=${sid}>${name}</option>`)}
          </select>
        </label>
        <label class="field">
          Task channel
          <select name="task_channel">
            ${channels.map((name) => html`<option ?selected=${name === "default"}>${name}</option>`)}
          </select>
        </label>
        <button class="primary" ?disabled=${workflows.length === 0}>Try it</button>
      </form>
      ${problem(this._error)} ${this._trial === undefined ? nothing : this.#answer(this._trial)}
    </section>`;
  }

  #answer({ stages, outcome }: Trial): unknown {
    const isTaken = outcome.kind === "offered";
    return html`<div class="trial-answer" role="status">
      <ol class="trial-stages">
        ${stages.map(
          ({ age, text, reasons }) =>
            html`<li>
              <p>
                ${badge(age === 0 ? "at once" : `after ${age} s`, isTaken ? "good" : "waiting")}
                ${written(text)}
              </p>
              <details>
                <summary class="small">Why</summary>
                <pre class="json" tabindex="0">${reasons.join("\n")}</pre>
              </details>
            </li>`,
        )}
      </ol>
    </div>`;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    (event.target as HTMLTextAreaElement).form?.requestSubmit();
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    const attributes = String(given.get("attributes"));
    this._error = undefined;
    this.#show(undefined);
    let parsed: unknown;
    try {
      parsed = JSON.parse(attributes);
    } catch (error) {
      this._error = new Error(`That is no JSON: ${(error as Error).message}`);
      return;
    }
    remember("tried attributes", attributes);
    tryTask({
      attributes: parsed,
      workflow: String(given.get("workflow")),
      task_channel: String(given.get("task_channel")),
    }).then(
      (trial) => this.#show(trial),
      (error: unknown) => (this._error = error as Error),
    );
  };

  #show(trial: Trial | undefined): void {
    this._trial = trial;
    this.tried(trial);
  }
}

define("task-trial", TaskTrial);
