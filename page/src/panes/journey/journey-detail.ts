import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Live } from "../../data/live.ts";
import { define, PageElement } from "../../ui/element.ts";
import { json } from "../../ui/json.ts";
import { badge, clockTime, named, problem, sid, told, written } from "../../ui/text.ts";
import "./execution-view.ts";
import {
  type Entry,
  type Journey,
  journey,
  type JourneySummary,
  stages,
  type Webhook,
  webhooksOf,
} from "./journey-data.ts";
import "./task-view.ts";

interface Shown extends Journey {
  readonly webhooks: readonly Webhook[];
}

/** `<journey-detail sid="…">`: the line from number to completion, and all that happened on it. */
class JourneyDetail extends PageElement {
  static override properties = { sid: {}, summary: { attribute: false }, _stage: { state: true } };
  declare sid: string;
  /** Whose it is, where that is known. */
  declare summary: JourneySummary | undefined;
  /** The only one whose entries are shown. */
  declare _stage: string | undefined;
  #shownSid = "";
  readonly #journey = new Live<Shown>(this, {
    kinds: ["journey.JournalEntry", "kernel.Webhook"],
    about: ({ kind, sid: changed, of }, shown) =>
      kind === "kernel.Webhook"
        ? (shown?.webhooks.some((one) => one.sid === changed) ?? false)
        : of.some((one) => this.#sids(shown).includes(one)),
    load: () => load(this.sid),
  });

  protected override willUpdate(): void {
    if (this.#shownSid !== "" && this.#shownSid !== this.sid) {
      this._stage = undefined;
      void this.#journey.restart();
    }
    this.#shownSid = this.sid;
  }

  #sids(shown: Journey | undefined): string[] {
    return [
      this.sid,
      ...(shown?.conversation == null ? [] : [shown.conversation]),
      ...conversationsOf(shown?.entries),
    ];
  }

  protected override render(): unknown {
    const { value: shown, error } = this.#journey;
    if (shown === undefined) return problem(error);
    const { entries, conversation, webhooks } = shown;
    const ofKind = (prefix: string): string[] => [
      ...new Set(entries.flatMap(({ sid: one }) => (one?.startsWith(prefix) === true ? [one] : []))),
    ];
    return html`
      ${problem(error)}
      <header class="journey-head">
        ${
          this.summary === undefined
            ? nothing
            : html`<h2>${named(this.summary.from ?? this.summary.name)}</h2>
                ${this.summary.to === null ? nothing : html`<span>to ${named(this.summary.to)}</span>`}`
        }
        <span class="soft">${sid(conversation ?? this.sid)}</span>
        <span class="soft small">since ${clockTime(entries[0]?.time)}</span>
      </header>
      ${this.#line(entries)}
      <section class="card part" aria-label="What happened">
        <header class="part-head">
          <h3>What happened</h3>
          ${
            this._stage === undefined
              ? nothing
              : html`<button class="quiet small" type="button" @click=${() => (this._stage = undefined)}>
                  Show all stages
                </button>`
          }
        </header>
        <ol class="entries" aria-live="polite">
          ${entries
            .filter(({ stage }) => this._stage === undefined || stage === this._stage)
            .map((entry) => this.#entry(entry))}
        </ol>
      </section>
      ${repeat(
        ofKind("WT").reverse(),
        (one) => one,
        (one) => html`<task-view .sid=${one}></task-view>`,
      )}
      ${repeat(
        ofKind("FN").reverse(),
        (one) => one,
        (one) => html`<execution-view .sid=${one}></execution-view>`,
      )}
      ${webhooks.length === 0 ? nothing : this.#webhooks(webhooks)}
    `;
  }

  #line(entries: readonly Entry[]): unknown {
    const last = entries.findLast(({ stage }) => stage !== "webhook")?.stage;
    const came = stages.filter(
      ([stage]) => !["handler", "proxy"].includes(stage) || entries.some((one) => one.stage === stage),
    );
    return html`<ol class="stages" aria-label="Stages">
      ${came.map(([stage, title]) => {
        const own = entries.filter((one) => one.stage === stage);
        const state = own.some(({ code }) => code !== null)
          ? "bad"
          : own.length === 0
            ? "open"
            : stage === last
              ? "now"
              : "done";
        return html`<li data-state=${state}>
          <button
            type="button"
            ?disabled=${own.length === 0}
            aria-pressed=${this._stage === stage}
            @click=${() => (this._stage = this._stage === stage ? undefined : stage)}
          >
            <span class="stage-dot" aria-hidden="true"></span>
            <span class="stage-title">${title}</span>
            <span class="soft small">${own.length === 0 ? "–" : clockTime(own[0]?.time)}</span>
            <span class="visually-hidden">${spoken[state]}</span>
          </button>
        </li>`;
      })}
    </ol>`;
  }

  #entry({ time, stage, text, sid: one, code }: Entry): unknown {
    return html`<li class=${code === null ? "" : "bad"}>
      <span class="soft small">${clockTime(time)}</span>
      <span class="entry-stage small">${stage}</span>
      <span class="entry-text"
        >${told(text)} ${code === null || code === 0 ? nothing : badge(String(code), "bad")}</span
      >
      <span class="entry-sid">${sid(one)}</span>
    </li>`;
  }

  #webhooks(webhooks: readonly Webhook[]): unknown {
    return html`<section class="card part" aria-label="Webhooks">
      <header class="part-head"><h3>Webhooks</h3></header>
      <ul class="webhooks">
        ${repeat(
          webhooks,
          (one) => one.sid,
          ({ time, method, url, purpose, status, attempts, problem: wrong, parameters }) => {
            const answer = attempts.at(-1);
            return html`<li>
              <details>
                <summary>
                  <span class="soft small">${clockTime(time)}</span>
                  <code>${method} <bdi>${url}</bdi></code>
                  ${badge(
                    answer === undefined ? status : String(answer.status || "no answer"),
                    status === "answered" ? "good" : status === "queued" ? "waiting" : "bad",
                  )}
                  <span class="soft small">${purpose}</span>
                  ${attempts.length > 1 ? badge(`${attempts.length} attempts`, "waiting") : nothing}
                </summary>
                ${wrong === undefined ? nothing : html`<p class="problem">${wrong.code}: ${written(wrong.message)}</p>`}
                <ol class="small attempts">
                  ${attempts.map(
                    (one) =>
                      html`<li>
                        ${clockTime(one.time)} ${one.status || "no answer"} ${written(one.failure ?? "")}
                      </li>`,
                  )}
                </ol>
                ${json(parameters)}
              </details>
            </li>`;
          },
        )}
      </ul>
    </section>`;
  }
}

const spoken = { bad: "went wrong", open: "not reached", now: "is here", done: "done" } as const;

function conversationsOf(entries: readonly Entry[] = []): string[] {
  return [...new Set(entries.map(({ conversation }) => conversation))];
}

async function load(sid: string): Promise<Shown> {
  const found = await journey(sid);
  const all = [sid, ...conversationsOf(found.entries)];
  return { ...found, webhooks: await webhooksOf(all) };
}

define("journey-detail", JourneyDetail);
