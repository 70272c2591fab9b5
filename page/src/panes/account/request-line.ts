import { html, nothing, type TemplateResult } from "lit";
import { badge, clockTime, type Tone } from "../../ui/text.ts";
import type { Logged } from "./account-data.ts";

/** A request in a list. @param chosen number of the one that is shown */
export function requestLine(request: Logged, chosen: string): TemplateResult {
  const { id, time, method, host, path, query, operation, status } = request;
  return html`<li>
    <a class="line" href="#/account/requests/${id}" aria-current=${String(id) === chosen ? "true" : nothing}>
      <span class="line-title">
        ${badge(status === 0 ? "dropped" : String(status), toneOf(status))}
        <span><bdi>${method}</bdi> <bdi>${operation ?? path}</bdi></span>
      </span>
      <span class="soft small">${clockTime(time)}</span>
      <span class="soft small line-rest"
        ><bdi>${host}${path}${query === "" ? "" : `?${query}`}</bdi
        >${request.by === "page" ? " · by this page" : ""}</span
      >
    </a>
  </li>`;
}

/** How an answer's status is told. */
export function toneOf(status: number): Tone {
  return status === 0 || status >= 500 ? "bad" : status >= 400 ? "waiting" : "good";
}
