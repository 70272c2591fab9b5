import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Live } from "../../data/live.ts";
import { define, PageElement } from "../../ui/element.ts";
import { clockTime, empty, named, problem } from "../../ui/text.ts";
import { kindCounts, type Listed, listResources, type ListPage } from "./account-data.ts";

/** Milliseconds after the last letter that a search begins. */
const searchPause = 250;

/** `<resource-list>`: what is stored, the newest first, by kind and by a text. */
class ResourceList extends PageElement {
  static override properties = {
    chosen: {},
    _kind: { state: true },
    _search: { state: true },
    _more: { state: true },
    _error: { state: true },
  };
  /** Kind and SID of the one that is shown. */
  declare chosen: string;
  declare _kind: string;
  declare _search: string;
  /** What was asked for beyond the first page. */
  declare _more: ListPage | undefined;
  declare _error: Error | undefined;
  /** The kinds whose writes change the list; filled as they are known. */
  readonly #kinds: string[] = [];
  #typing: ReturnType<typeof setTimeout> | undefined;
  readonly #counts = new Live(this, {
    kinds: this.#kinds,
    load: async () => {
      const counts = await kindCounts();
      this.#follow(counts.map(({ kind }) => kind));
      return counts;
    },
  });
  readonly #page = new Live(this, {
    kinds: this.#kinds,
    load: () => listResources(this._kind, this._search, null),
    about: ({ kind }) => this._kind === "" || this._kind === kind,
  });

  constructor() {
    super();
    this.chosen = this._kind = this._search = "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  #follow(kinds: readonly string[]): void {
    this.#kinds.splice(0, Infinity, ...kinds);
  }

  protected override render(): unknown {
    const { value: page, error } = this.#page;
    const rest = this._more?.resources ?? [];
    const next = this._more === undefined ? page?.next : this._more.next;
    const shown = page?.resources ?? [];
    const known = new Set(shown.map(keyOf));
    const all = [...shown, ...rest.filter((one) => !known.has(keyOf(one)))];
    return html`
      <form class="list-tools" role="search" @submit=${(event: Event) => event.preventDefault()}>
        <label class="field">
          Kind
          <select .value=${this._kind} @change=${this.#onKind}>
            <option value="" ?selected=${this._kind === ""}>All kinds</option>
            ${this.#groups()}
          </select>
        </label>
        <label class="field grow">
          Search
          <input
            type="search"
            maxlength="200"
            autocomplete="off"
            placeholder="SID, name or value"
            @input=${this.#onSearch}
          />
        </label>
      </form>
      ${problem(error ?? this._error ?? this.#counts.error)}
      ${
        page === undefined
          ? error === undefined
            ? html`<p class="soft list-note" role="status">Looking…</p>`
            : nothing
          : all.length === 0
            ? empty("Nothing found", this._search === "" ? nothing : "No SID, name or value has this text.")
            : html`<ul class="lines" aria-label="Resources">
                ${repeat(all, keyOf, (one) => this.#line(one))}
              </ul>`
      }
      ${
        next === null || next === undefined
          ? nothing
          : html`<button class="more" type="button" @click=${() => this.#loadMore(next)}>Older ones</button>`
      }
    `;
  }

  #groups(): unknown {
    const counts = this.#counts.value ?? [];
    return [...Map.groupBy(counts, ({ place }) => place)]
      .sort(([one], [other]) => one.localeCompare(other, "en"))
      .map(
        ([place, kinds]) =>
          html`<optgroup label=${place}>
            ${kinds.map(
              ({ kind, name, count }) =>
                html`<option value=${kind} ?selected=${kind === this._kind}>
                  ${name} (${count.toLocaleString("en")})
                </option>`,
            )}
          </optgroup>`,
      );
  }

  #line(one: Listed): unknown {
    const { kind, sid, name, console: title, date_created: created } = one;
    return html`<li>
      <a
        class="line"
        href="#/account/${encodeURIComponent(sid)}/${kind}"
        aria-current=${keyOf(one) === this.chosen ? "true" : nothing}
      >
        <span class="line-title"
          >${name === null ? html`<span class="soft">${title}</span>` : named(name)}</span
        >
        <span class="soft small">${clockTime(created)}</span>
        <span class="soft small line-rest"
          >${name === null ? nothing : html`${title} · `}<code>${sid}</code></span
        >
      </a>
    </li>`;
  }

  readonly #onKind = (event: Event): void => {
    this._kind = (event.target as HTMLSelectElement).value;
    this.#restart();
  };

  readonly #onSearch = (event: Event): void => {
    const search = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      if (search === this._search) return;
      this._search = search;
      this.#restart();
    }, searchPause);
  };

  #restart(): void {
    this._more = undefined;
    this._error = undefined;
    void this.#page.restart();
  }

  #loadMore(before: number): void {
    const asked = `${this._kind} ${this._search}`;
    listResources(this._kind, this._search, before).then(
      ({ resources, next }) => {
        if (asked !== `${this._kind} ${this._search}`) return;
        this._more = { resources: [...(this._more?.resources ?? []), ...resources], next };
      },
      (error: unknown) => (this._error = error as Error),
    );
  }
}

function keyOf({ kind, sid }: Listed): string {
  return `${kind} ${sid}`;
}

define("resource-list", ResourceList);
