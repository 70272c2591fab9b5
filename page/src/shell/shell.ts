import { html, nothing, svg } from "lit";
import { eachSecond, now, secondsAhead } from "../data/clock.ts";
import { connect, connectionNow, watchConnection } from "../data/stream.ts";
import { define, PageElement } from "../ui/element.ts";
import { timeOfDay } from "../ui/text.ts";
import { type Pane, panes } from "./panes.ts";

const states = {
  connecting: "Connecting",
  live: "Live",
  away: "No connection: trying again",
} as const;

/** The page: menu, clock, and the pane that the address names. */
class LocalTwilio extends PageElement {
  readonly #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const update = (): void => this.requestUpdate();
    addEventListener("hashchange", this.#onAddress);
    this.#stops.push(eachSecond(update), watchConnection(update), () =>
      removeEventListener("hashchange", this.#onAddress),
    );
    connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops.splice(0)) stop();
  }

  readonly #onAddress = (event: HashChangeEvent): void => {
    const isSamePane = paneIdOf(new URL(event.oldURL).hash) === paneIdOf(location.hash);
    this.requestUpdate();
    void this.updateComplete.then(() => {
      // Who chose something of a list goes on there, as long as it is shown.
      const stays = isSamePane && document.activeElement?.checkVisibility() === true;
      if (stays && document.activeElement !== document.body) return;
      // Who uses a keyboard or a screen reader goes on where the new pane begins.
      this.querySelector<HTMLElement>("main")?.focus();
    });
  };

  get #place(): { pane: Pane | undefined; path: string[] } {
    const [id = "", ...path] = location.hash
      .replace(/^#\/?/, "")
      .split("/")
      .map((part) => safelyDecoded(part));
    return { pane: panes.find((one) => one.id === id) ?? (id === "" ? panes[0] : undefined), path };
  }

  protected override render(): unknown {
    const { pane, path } = this.#place;
    document.title = `${pane?.title ?? "Nothing here"} · Local Twilio`;
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>Skip to the content</a>
      <header class="bar">
        <a class="brand" href="#/">
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <circle cx="10" cy="10" r="8.5" />
            <circle cx="7.3" cy="7.3" r="1.4" class="dot" />
            <circle cx="12.7" cy="7.3" r="1.4" class="dot" />
            <circle cx="7.3" cy="12.7" r="1.4" class="dot" />
            <circle cx="12.7" cy="12.7" r="1.4" class="dot" />
          </svg>
          <span>Local Twilio</span>
        </a>
        <span class="bar-rest">
          ${this.#clock()}
          <span class="connection" data-state=${connectionNow()} role="status">
            <span class="dot" aria-hidden="true"></span>${states[connectionNow()]}
          </span>
        </span>
      </header>
      <nav class="menu" aria-label="Parts of the page">
        ${panes.map(
          (one) =>
            html`<a href="#/${one.id}" aria-current=${one === pane ? "page" : nothing}>
              <svg viewBox="0 0 20 20" aria-hidden="true">${svg`${one.icon}`}</svg>
              <span>${one.title}</span>
            </a>`,
        )}
      </nav>
      <main id="main" tabindex="-1" aria-label=${pane?.title ?? "Nothing here"}>
        ${
          pane?.show(path) ??
          html`<div class="empty"><p class="empty-title">There is no such part of the page.</p></div>`
        }
      </main>
    `;
  }

  #clock(): unknown {
    const date = new Date(now());
    const ahead = secondsAhead();
    return html`<a class="clock" href="#/time" title="Time of the local Twilio: ${date.toLocaleString()}">
      <time datetime=${date.toISOString()}>${timeOfDay(date)}</time>
      ${ahead > 1 ? html`<span class="ahead">${aheadText(ahead)} ahead</span>` : nothing}
    </a>`;
  }

  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>("main")?.focus();
  };
}

function paneIdOf(hash: string): string {
  return hash.replace(/^#\/?/, "").split("/", 1)[0] ?? "";
}

function aheadText(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

function safelyDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

define("local-twilio", LocalTwilio);
