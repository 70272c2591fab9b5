import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Live } from "../../data/live.ts";
import { define, PageElement } from "../../ui/element.ts";
import { json } from "../../ui/json.ts";
import "../../ui/time-left.ts";
import { badge, clockTime, named, problem, sid } from "../../ui/text.ts";
import { type Execution, execution, type ExecutionStep } from "./journey-data.ts";

/** `<execution-view sid="FN…">`: what a Studio flow did, step by step. */
class ExecutionView extends PageElement {
  static override properties = { sid: {} };
  declare sid: string;
  readonly #execution = new Live<Execution | undefined>(this, {
    kinds: ["studio.Execution", "studio.ExecutionStep"],
    about: ({ sid: changed, of }) => changed === this.sid || of.includes(this.sid),
    load: () => execution(this.sid),
  });

  protected override render(): unknown {
    const { value: shown, error } = this.#execution;
    if (shown === undefined) return problem(error);
    const { flow, status, state, waiting, until, steps, context } = shown;
    return html`<section class="card part" aria-label="Studio execution">
      <header class="part-head">
        <h3>Studio</h3>
        ${named(flow.name)} ${sid(flow.sid)} ${sid(shown.sid)}
        ${badge(status === "active" ? "running" : status, status === "active" ? "waiting" : "plain")}
      </header>
      <ol class="steps">
        ${repeat(
          steps,
          (step) => step.sid,
          (step) => this.#step(step),
        )}
        ${
          state === null
            ? nothing
            : html`<li class="step now">
                <span class="step-name">${named(state)}</span>
                ${waiting === null ? nothing : badge(`waits for ${waitsFor(waiting)}`, "waiting")}
                ${until === null ? nothing : html`<time-left due=${until} of="3600"></time-left>`}
              </li>`
        }
      </ol>
      <details class="part-more">
        <summary class="small">All variables now</summary>
        ${json(context)}
      </details>
    </section>`;
  }

  #step({ from, to, event, type, time, changed }: ExecutionStep): unknown {
    const names = Object.keys(changed);
    return html`<li class="step">
      <span class="step-name">${named(from)}</span>
      <span class="soft small">${type}</span>
      <span class="step-event">${event}${to === null ? nothing : html` → ${named(to)}`}</span>
      <span class="soft small step-time">${clockTime(time)}</span>
      ${
        names.length === 0
          ? nothing
          : html`<details class="step-variables">
              <summary class="small">
                ${names.slice(0, 3).map((name) => html`<code>${name.slice(0, 60)}</code> `)}${
                  names.length > 3 ? `and ${names.length - 3} more` : nothing
                }
              </summary>
              ${json(changed)}
            </details>`
      }
    </li>`;
  }
}

function waitsFor(waiting: string): string {
  if (waiting === "reply") return "the customer's answer";
  return waiting === "call" ? "the answer of a URL" : "a subflow";
}

define("execution-view", ExecutionView);
