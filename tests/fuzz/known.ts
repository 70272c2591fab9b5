import type { Random } from "../../bench/random.ts";

/** Of each kind so many are kept, the newest in place of one by chance. */
const kept = 30;

/** What exists, as answers told: without it nearly all requests would end at a 404. */
export class Known {
  readonly #random: Random;
  readonly #paths = new Map<string, string[]>();
  readonly #sids = new Map<string, string[]>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Notes the addresses and SIDs in an answer. */
  learn(body: string): void {
    for (const [, path = ""] of body.matchAll(
      /"(?:https:\/\/[a-z-]+\.twilio\.com)?(\/(?:v\d|2010-04-01)\/[^"?]*)"/g,
    ))
      this.#keepPath(path);
    for (const [, sid = ""] of body.matchAll(/"([A-Z]{2}[0-9a-f]{32})"/g))
      this.#keep(this.#sids, sid.slice(0, 2), sid);
  }

  /** A path that was seen for a template of OpenAPI, if any. */
  path(template: string): string | undefined {
    const found = this.#paths.get(template.replace(/\{\w+\}/g, "{}"));
    return found && this.#random.pick(found);
  }

  /** A SID of a prefix that was seen, if it can be below the resource that a path begins with. */
  sid(prefix: string, path = ""): string | undefined {
    const [root = ""] = sidsOf(path);
    const found = this.#sids.get(`${root} ${prefix}`) ?? this.#sids.get(prefix);
    return found && this.#random.pick(found);
  }

  /** A SID of whatever was seen. */
  anySid(): string {
    return this.#random.pick(this.#sids.get(this.#random.pick([...this.#sids.keys()])) ?? [""]);
  }

  #keepPath(path: string): void {
    this.#keep(this.#paths, shape(path), path);
    const [root, ...below] = sidsOf(path);
    for (const sid of below) this.#keep(this.#sids, `${root} ${sid.slice(0, 2)}`, sid);
  }

  #keep(all: Map<string, string[]>, kind: string, value: string): void {
    const list = all.get(kind) ?? [];
    all.set(kind, list);
    if (list.includes(value)) return;
    if (list.length < kept) list.push(value);
    else list[this.#random.between(0, kept - 1)] = value;
  }
}

/** The SIDs in a path, without the account's. */
function sidsOf(path: string): string[] {
  return (path.match(/\b[A-Z]{2}[0-9a-f]{32}\b/g) ?? []).filter((sid) => !sid.startsWith("AC"));
}

function shape(path: string): string {
  return path.replace(/\/([A-Z]{2}[0-9a-f]{32}|\d+)(?=[/.]|$)/g, "/{}");
}
