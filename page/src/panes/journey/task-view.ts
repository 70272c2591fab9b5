import { html, nothing } from "lit";
import { Live } from "../../data/live.ts";
import { define, PageElement } from "../../ui/element.ts";
import { json } from "../../ui/json.ts";
import { badge, clockTime, named, problem, sid, type Tone } from "../../ui/text.ts";
import { type Task, task } from "./journey-data.ts";
import { whyNot } from "./why-not.ts";

const tones: Readonly<Record<string, Tone>> = {
  pending: "waiting",
  reserved: "waiting",
  wrapping: "waiting",
  assigned: "good",
  accepted: "good",
  completed: "good",
  canceled: "bad",
  rejected: "bad",
  timeout: "bad",
  rescinded: "plain",
};

/** `<task-view sid="WT…">`: a task, to whom it was offered, and, as long as it waits, why to nobody else. */
class TaskView extends PageElement {
  static override properties = { sid: {} };
  declare sid: string;
  readonly #task = new Live<Task | undefined>(this, {
    // Whether a worker could have it depends on the worker, too.
    kinds: [
      "taskrouter.Task",
      "taskrouter.Reservation",
      "taskrouter.Worker",
      "taskrouter.WorkerChannel",
      "taskrouter.Workflow",
      "taskrouter.TaskQueue",
      "emulator.Clock",
    ],
    about: ({ kind, sid: changed, of }, shown) =>
      changed === this.sid ||
      of.includes(this.sid) ||
      (shown?.trace != null && kind !== "taskrouter.Task" && kind !== "taskrouter.Reservation"),
    load: () => task(this.sid),
  });

  protected override render(): unknown {
    const { value: shown, error } = this.#task;
    if (shown === undefined) {
      return error === undefined
        ? html`<section class="card part">
            <header class="part-head">
              <h3>Task</h3>
              ${sid(this.sid)}<span class="soft small">removed since</span>
            </header>
          </section>`
        : problem(error);
    }
    const { assignment_status: status, reason, reservations, trace } = shown;
    const places = [
      shown.workflow_friendly_name === null ? [] : `workflow ${shown.workflow_friendly_name}`,
      shown.task_queue_friendly_name === null ? [] : `queue ${shown.task_queue_friendly_name}`,
    ].flat();
    return html`<section class="card part" aria-label="Task">
      <header class="part-head">
        <h3>Task</h3>
        ${sid(shown.sid)} ${badge(status, tones[status] ?? "plain")} ${badge(shown.task_channel_unique_name)}
        <span class="soft small">${named(places.join(", "))}</span>
      </header>
      ${reason === null ? nothing : html`<p class="small">${named(reason)}</p>`}
      ${
        reservations.length === 0
          ? nothing
          : html`<ul class="offers">
              ${reservations.map(
                (one) =>
                  html`<li>
                    ${named(one.worker_name)}
                    ${badge(one.reservation_status, tones[one.reservation_status] ?? "plain")} ${sid(one.sid)}
                    <span class="soft small">${clockTime(one.date_created)}</span>
                  </li>`,
              )}
            </ul>`
      }
      ${trace === null ? nothing : whyNot(trace)}
      <details class="part-more">
        <summary class="small">Attributes</summary>
        ${json(shown.attributes)}
      </details>
    </section>`;
  }
}

define("task-view", TaskView);
