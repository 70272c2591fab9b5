import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { twilio } from "../../data/api.ts";
import { Live } from "../../data/live.ts";
import { remember, remembered } from "../../data/remember.ts";
import { define, PageElement } from "../../ui/element.ts";
import { empty, named, problem } from "../../ui/text.ts";
import "./desk-card.ts";
import { desks, type Desks, type DeskSummary } from "./desk.ts";
import type { Target } from "./task-card.ts";

/** How many desks are open where nobody has chosen any. */
const openAtFirst = 2;

/** Agents' desks. */
class AgentsPane extends PageElement {
  static override properties = { _open: { state: true }, _search: { state: true } };
  /** SIDs of the workers whose desks are shown; undefined: nobody has chosen yet. */
  declare _open: readonly string[] | undefined;
  declare _search: string;
  readonly #desks = new Live<Desks>(this, {
    kinds: ["taskrouter.Worker", "taskrouter.Activity", "taskrouter.Reservation", "flex.Configuration"],
    load: () => desks(this._search ?? ""),
  });
  readonly #queues = new Live<readonly Target[]>(this, {
    kinds: ["taskrouter.TaskQueue", "flex.Configuration"],
    load: queues,
  });

  constructor() {
    super();
    this._search = "";
    this._open = remembered<readonly string[] | undefined>("desks", undefined);
  }

  protected override willUpdate(): void {
    const { value } = this.#desks;
    if (this._open === undefined && value !== undefined && value.total > 0 && this._search === "")
      this._open = firstOpen(value);
  }

  protected override render(): unknown {
    const { value: all, error } = this.#desks;
    if (all === undefined) return html`${problem(error)}`;
    if (all.workspace === null || (all.total === 0 && this._search === ""))
      return empty(
        "Nobody works here yet",
        "Workers of Flex's workspace have their desks here; npm run up makes those of the stack.",
      );
    const open = this.#openIn(all);
    const targets = [
      ...all.desks.map(({ sid, name }) => ({ sid, name })),
      ...(this.#queues.value ?? []).map(({ sid, name }) => ({ sid, name: `Queue ${name}` })),
    ];
    return html`
      <div class="pane-head"><h1>Agents</h1></div>
      ${problem(error)}
      <div class="agents">
        <section class="roster" aria-label="Workers">
          <input
            type="search"
            placeholder="Search ${all.total} workers"
            aria-label="Search workers"
            @input=${(event: Event) => {
              this._search = (event.target as HTMLInputElement).value;
              void this.#desks.refresh();
            }}
          />
          <ul>
            ${repeat(
              all.desks,
              ({ sid }) => sid,
              (one) => this.#worker(one, open),
            )}
          </ul>
          ${
            all.total > all.desks.length
              ? html`<p class="soft small">${all.total - all.desks.length} more: search for them.</p>`
              : nothing
          }
        </section>
        <div class="desks">
          ${open.length === 0 ? empty("No desk is open", "Choose an agent.") : nothing}
          ${repeat(
            open,
            (sid) => sid,
            (sid) =>
              html`<desk-card
                .sid=${sid}
                .activities=${all.activities}
                .targets=${targets}
                .hide=${() => this.#setOpen(open.filter((one) => one !== sid))}
              ></desk-card>`,
          )}
        </div>
      </div>
    `;
  }

  /** Those of another database are gone. */
  #openIn({ desks: shown }: Desks): readonly string[] {
    const open = this._open ?? [];
    return this._search === "" ? open.filter((sid) => shown.some((one) => one.sid === sid)) : open;
  }

  #worker(
    { sid, name, activity, offered, accepted, wrapping }: DeskSummary,
    open: readonly string[],
  ): unknown {
    const isOpen = open.includes(sid);
    return html`<li>
      <button
        type="button"
        class="worker"
        aria-pressed=${isOpen}
        @click=${() => this.#setOpen(isOpen ? open.filter((one) => one !== sid) : [sid, ...open])}
      >
        <span class="dot" data-available=${activity.available ?? false} aria-hidden="true"></span>
        <span class="grow">
          <span class="worker-name">${named(name)}</span>
          <span class="soft small">${named(activity.name)}</span>
        </span>
        ${offered > 0 ? html`<span class="badge waiting" title="Offered">${offered}</span>` : nothing}
        ${accepted + wrapping > 0 ? html`<span class="badge good" title="At work on">${accepted + wrapping}</span>` : nothing}
      </button>
    </li>`;
  }

  #setOpen(open: readonly string[]): void {
    this._open = open;
    remember("desks", open);
  }
}

/** The desks that are open where nobody has chosen any: of those who have something to do, then of the others. */
function firstOpen({ desks: shown }: Desks): string[] {
  const busy = shown.filter(({ offered, accepted }) => offered + accepted > 0);
  const first = [...busy, ...shown.filter((one) => !busy.includes(one))];
  return first.slice(0, openAtFirst).map(({ sid }) => sid);
}

async function queues(): Promise<readonly Target[]> {
  const { workspace } = await desks("");
  if (workspace === null) return [];
  const { task_queues: found } = await twilio<{ task_queues: { sid: string; friendly_name: string }[] }>(
    "GET",
    `taskrouter.twilio.com/v1/Workspaces/${workspace}/TaskQueues?PageSize=200`,
  );
  return found.map(({ sid, friendly_name: name }) => ({ sid, name }));
}

define("agents-pane", AgentsPane);
