import { html, nothing, type TemplateResult } from "lit";

/** Longer texts are shown when they are asked for. */
const shownAtOnce = 2_000;

/** A text that somebody else wrote: its direction is its own and reaches no further, and it is never more than a text. */
export function written(text: string): TemplateResult {
  if (text.length <= shownAtOnce) return html`<bdi class="written" dir="auto">${text}</bdi>`;
  const rest = text.length - shownAtOnce;
  return html`<bdi class="written" dir="auto">${text.slice(0, shownAtOnce)}…</bdi>
    <details class="rest">
      <summary>${rest.toLocaleString("en")} more characters</summary>
      <bdi class="written" dir="auto">${text.slice(shownAtOnce)}</bdi>
    </details>`;
}

/** A text of the local Twilio's own, whose SIDs are links. */
export function told(text: string): unknown {
  return text
    .split(/\b([A-Z]{2}[0-9a-f]{32})\b/)
    .map((part, index) => (index % 2 === 1 ? sid(part) : written(part)));
}

/** A name that somebody else gave, in one line. */
export function named(text: string | null | undefined): TemplateResult | typeof nothing {
  return text === null || text === undefined || text === ""
    ? nothing
    : html`<bdi class="named" title=${text.slice(0, 300)}>${text.slice(0, 120)}</bdi>`;
}

/** A SID as a link to what it names, with a button that copies it. */
export function sid(value: string | null | undefined): TemplateResult | typeof nothing {
  if (value === null || value === undefined || value === "") return nothing;
  return html`<span class="sid"
    ><a href="#/account/${encodeURIComponent(value)}" title=${value}
      >${value.slice(0, 2)}<span aria-hidden="true">…</span>${value.slice(-6)}</a
    ><button class="copy" type="button" aria-label="Copy ${value}" title="Copy" @click=${() => copy(value)}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M5.5 5.5V3A1.5 1.5 0 0 1 7 1.5h6A1.5 1.5 0 0 1 14.5 3v6a1.5 1.5 0 0 1-1.5 1.5h-2.5" />
        <rect x="1.5" y="5.5" width="9" height="9" rx="1.5" />
      </svg></button
  ></span>`;
}

function copy(text: string): void {
  void navigator.clipboard?.writeText(text).catch(() => undefined);
}

/** The time of the day, with the date for whoever asks. */
export function clockTime(iso: string | null | undefined): TemplateResult | typeof nothing {
  if (iso === null || iso === undefined || iso === "") return nothing;
  const date = new Date(iso);
  return html`<time datetime=${date.toISOString()} title=${date.toLocaleString()}>${timeOfDay(date)}</time>`;
}

/** `14:05:09`, whatever the browser's country writes. */
export function timeOfDay(date: Date): string {
  return date.toLocaleTimeString("en-GB", { hourCycle: "h23" });
}

/** How a state is told: what is fine, waits, is wrong, or is just so. */
export type Tone = "good" | "waiting" | "bad" | "plain";

export function badge(text: string, tone: Tone = "plain"): TemplateResult {
  return html`<span class="badge ${tone}">${text}</span>`;
}

/** What went wrong, in the local Twilio's words. */
export function problem(error: Error | undefined): TemplateResult | typeof nothing {
  if (error === undefined) return nothing;
  const { code } = error as Error & { code?: number };
  return html`<p class="problem" role="alert">
    ${written(error.message)}${code ? html` <span class="code">${code}</span>` : nothing}
  </p>`;
}

/** What a place says that has nothing to show yet. */
export function empty(title: string, hint: unknown = nothing): TemplateResult {
  return html`<div class="empty">
    <p class="empty-title">${title}</p>
    <p>${hint}</p>
  </div>`;
}
