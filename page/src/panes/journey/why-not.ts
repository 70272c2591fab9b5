import { html, nothing, type TemplateResult } from "lit";
import { describeCauses, describeIneligibility } from "../../../../routing/workflow/eligibility.ts";
import type { RoutingTrace, StepTrace, WorkerVerdict } from "../../../../routing/workflow/trace.ts";
import { badge, named } from "../../ui/text.ts";

/** How many workers are told of in each step. */
const most = 30;

/** Why a task is with whom it is, and with nobody else. */
export function whyNot({ filters, defaultStep, doubts }: RoutingTrace): TemplateResult {
  return html`<div class="why">
    <h4>Why not this worker?</h4>
    <ol>
      ${filters.map(
        ({ name, matched, causes, steps }) =>
          html`<li class="why-filter" data-matched=${matched}>
            <p>
              ${badge(matched ? "matches" : "no match", matched ? "good" : "plain")} filter ${named(name)}
              ${causes.length === 0 ? nothing : html`<span class="soft small">${describeCauses(causes)}</span>`}
            </p>
            ${steps.map((one) => step(one))}
          </li>`,
      )}
      ${
        defaultStep === undefined
          ? nothing
          : html`<li class="why-filter" data-matched="true">
              <p>${badge("default", "good")} the workflow's default queue</p>
              ${step(defaultStep)}
            </li>`
      }
    </ol>
    ${doubts.map((doubt) => html`<p class="small soft">Doubtful at Twilio: ${doubt}</p>`)}
  </div>`;
}

function step({
  queueName,
  queueSid,
  priority,
  until,
  result,
  workers,
  skipIf,
  knownWorker,
}: StepTrace): TemplateResult {
  const details = [
    `priority ${priority}`,
    ...(until === undefined ? [] : [`until the task is ${until} s old`]),
  ];
  return html`<div class="why-step">
    <p class="small">
      queue ${named(queueName ?? `${queueSid}, which does not exist`)}${details.map((one) => `, ${one}`)}
      ${badge(result, result === "offered" ? "good" : result === "waiting" ? "waiting" : "plain")}
    </p>
    ${
      knownWorker === undefined
        ? nothing
        : html`<p class="small soft">
            for the known worker whom <code>${knownWorker.attribute}</code> names${
              knownWorker.workerSid === undefined ? ": nobody" : nothing
            }
          </p>`
    }
    ${
      skipIf === undefined
        ? nothing
        : html`<p class="small soft">
            skip_if ${skipIf.value ? "leaves" : "does not leave"} this target:
            ${describeCauses(skipIf.causes)}
          </p>`
    }
    <ul class="why-workers">
      ${workers.slice(0, most).map((one) => worker(one))}
    </ul>
    ${workers.length > most ? html`<p class="small soft">and ${workers.length - most} more</p>` : nothing}
  </div>`;
}

function worker({ friendlyName, eligible, offered, reasons }: WorkerVerdict): TemplateResult {
  const [text, tone] = offered
    ? (["offered", "good"] as const)
    : eligible
      ? (["could have it", "good"] as const)
      : (["no", "plain"] as const);
  return html`<li>
    ${named(friendlyName)} ${badge(text, tone)}
    ${
      reasons.length === 0
        ? nothing
        : html`<span class="soft small"><bdi>${reasons.map(describeIneligibility).join("; ")}</bdi></span>`
    }
  </li>`;
}
