import { html, nothing, svg } from "lit";
import { define, PageElement } from "../../ui/element.ts";
import { badge, named, sid as sidLink } from "../../ui/text.ts";
import { duration } from "../../ui/time-left.ts";
import { type Edge, edgesOf, mostEdges, relatedTo } from "./edges.ts";
import type { WorkflowTarget } from "../../../../routing/workflow/configuration.ts";
import type { Queue, Trial, Worker, Workflow, Workspace } from "./routing-data.ts";

/** `<routing-picture>`: workflows, queues and workers beside each other, with lines for who gets what from whom. */
class RoutingPicture extends PageElement {
  static override properties = {
    workspace: { attribute: false },
    outcome: { attribute: false },
    _chosen: { state: true },
    _lines: { state: true },
  };
  declare workspace: Workspace;
  /** Where a tried task would go. */
  declare outcome: Trial["outcome"] | undefined;
  /** SID of what somebody looks at. */
  declare _chosen: string;
  declare _lines: readonly { edge: Edge; path: string }[];
  readonly #watch = new ResizeObserver(() => this.#draw());

  constructor() {
    super();
    this._chosen = "";
    this._lines = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  protected override updated(): void {
    this.#draw();
  }

  protected override render(): unknown {
    const { workflows, queues, workers, worker_count: count } = this.workspace;
    const edges = edgesOf(this.workspace);
    const related = this._chosen === "" ? undefined : relatedTo(this._chosen, edges);
    const state = (sid: string): string =>
      this.#isOutcome(sid)
        ? "outcome"
        : related === undefined
          ? "plain"
          : related.has(sid)
            ? "related"
            : "apart";
    return html`<div class="picture">
      <svg class="picture-lines" aria-hidden="true">
        ${this._lines.map(
          ({ edge, path }) =>
            svg`<path d=${path} data-state=${related === undefined ? "plain" : related.has(edge.from) && related.has(edge.to) ? "related" : "apart"}></path>`,
        )}
      </svg>
      <section class="column" aria-label="Workflows">
        <h2>Workflows</h2>
        ${workflows.map((workflow) => this.#workflow(workflow, state(workflow.sid)))}
        ${workflows.length === 0 ? html`<p class="soft">None.</p>` : nothing}
      </section>
      <section class="column" aria-label="Queues">
        <h2>Queues</h2>
        ${queues.map((queue) => this.#queue(queue, state(queue.sid)))}
        ${queues.length === 0 ? html`<p class="soft">None.</p>` : nothing}
      </section>
      <section class="column" aria-label="Workers">
        <h2>Workers</h2>
        ${workers.map((worker) => this.#worker(worker, state(worker.sid)))}
        ${
          count > workers.length
            ? html`<p class="soft">${(count - workers.length).toLocaleString("en")} more.</p>`
            : nothing
        }
        ${count === 0 ? html`<p class="soft">None.</p>` : nothing}
      </section>
    </div>`;
  }

  #node(sid: string, state: string, name: string, content: unknown): unknown {
    return html`<article class="card node" data-node=${sid} data-state=${state}>
      <h3>
        <button
          type="button"
          class="node-name"
          aria-pressed=${this._chosen === sid}
          @click=${() => (this._chosen = this._chosen === sid ? "" : sid)}
        >
          ${named(name)}
        </button>
        ${sidLink(sid)}
      </h3>
      ${content}
    </article>`;
  }

  #workflow({ sid, name, filters, default_queue: last }: Workflow, state: string): unknown {
    return this.#node(
      sid,
      state,
      name,
      html`<dl class="filters small">
        ${filters.map(
          (filter) => html`
            <dt title=${filter.expression}>${named(filter.name)}</dt>
            <dd>${filter.targets.map((target) => this.#target(target))}</dd>
          `,
        )}
        <dt class="soft">${filters.length === 0 ? "everything" : "else"}</dt>
        <dd>${last === null ? html`<span class="soft">is not created</span>` : this.#queueName(last)}</dd>
      </dl>`,
    );
  }

  #target({ queue, timeout, skip_if: skip, expression }: WorkflowTarget): unknown {
    const about = [
      expression === undefined ? "" : `for workers with ${expression}`,
      skip === undefined ? "" : `left when ${skip}`,
    ];
    return html`<span class="target" title=${about.filter((text) => text !== "").join("; ") || nothing}
      >${this.#queueName(queue ?? "")}${timeout === undefined ? nothing : html` <span class="soft">${timeout} s</span>`}</span
    >`;
  }

  #queueName(sid: string): unknown {
    const name = this.workspace.queues.find((queue) => queue.sid === sid)?.name;
    return name === undefined ? html`<span class="dead">a queue that is not there</span>` : named(name);
  }

  #queue(
    { sid, name, tasks, longest_wait: wait, worker_count: count, available, problem }: Queue,
    state: string,
  ): unknown {
    const waiting = tasks.pending + tasks.reserved;
    const workers =
      count === 0
        ? badge("nobody serves it", "bad")
        : badge(`${available} of ${count} available`, available > 0 ? "good" : "waiting");
    return this.#node(
      sid,
      state,
      name,
      html`<p class="row small numbers">
          <span><b>${waiting.toLocaleString("en")}</b> waiting</span>
          <span><b>${tasks.assigned.toLocaleString("en")}</b> assigned</span>
          ${tasks.wrapping > 0 ? html`<span><b>${tasks.wrapping.toLocaleString("en")}</b> wrapping up</span>` : nothing}
          ${wait === null ? nothing : html`<span class="soft">longest ${duration(wait)}</span>`}
        </p>
        <p>${workers}</p>
        ${problem === undefined ? nothing : html`<p class="problem small">${problem}</p>`}`,
    );
  }

  #worker({ sid, name, activity, available, channels }: Worker, state: string): unknown {
    const used = channels.filter(({ tasks, capacity }) => tasks > 0 || capacity > 1);
    return this.#node(
      sid,
      state,
      name,
      html`<p class="row small">
        ${badge(activity, available ? "good" : "plain")}
        ${used.map(
          ({ name: channel, tasks, capacity }) =>
            html`<span class="soft"><bdi>${channel}</bdi> ${tasks} of ${capacity}</span>`,
        )}
      </p>`,
    );
  }

  #isOutcome(sid: string): boolean {
    return (
      this.outcome?.queueSid === sid || this.outcome?.workers?.some((worker) => worker.sid === sid) === true
    );
  }

  /** Lays the lines where the boxes are now. */
  #draw(): void {
    const all = edgesOf(this.workspace);
    const related = this._chosen === "" ? undefined : relatedTo(this._chosen, all);
    const edges =
      all.length <= mostEdges
        ? all
        : all.filter(({ from, to }) => related?.has(from) === true && related.has(to));
    const own = this.getBoundingClientRect();
    const boxes = new Map(
      [...this.querySelectorAll<HTMLElement>("[data-node]")].map((box) => [
        box.dataset["node"] ?? "",
        box.getBoundingClientRect(),
      ]),
    );
    const lines = edges.slice(0, 2 * mostEdges).flatMap((edge) => {
      const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
      // Below each other, as on a phone, they need no lines.
      if (from === undefined || to === undefined || to.left < from.right) return [];
      const [x1, y1] = [from.right - own.left, from.top - own.top + Math.min(from.height / 2, 40)];
      const [x2, y2] = [to.left - own.left, to.top - own.top + Math.min(to.height / 2, 40)];
      const middle = (x1 + x2) / 2;
      const path = `M${round(x1)} ${round(y1)}C${round(middle)} ${round(y1)} ${round(middle)} ${round(y2)} ${round(x2)} ${round(y2)}`;
      return [{ edge, path }];
    });
    const text = (given: readonly { path: string }[]): string => given.map(({ path }) => path).join();
    if (text(lines) !== text(this._lines)) this._lines = lines;
  }
}

function round(value: number): number {
  return Math.round(value * 2) / 2;
}

define("routing-picture", RoutingPicture);
