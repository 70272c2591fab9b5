/** A setting that can't be used; the message says where it is and what it has to be. */
export class SettingError extends Error {}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Something of the configuration, with its place there, e.g. `flexMessaging.autoAccept`. */
export class Setting {
  readonly #value: unknown;
  readonly #at: string;
  readonly #warnings: string[];

  constructor(value: unknown, at: string, warnings: string[]) {
    this.#value = value;
    this.#at = at;
    this.#warnings = warnings;
  }

  get isSet(): boolean {
    return this.#value !== undefined && this.#value !== null;
  }

  /** Its settings by key; others than these are warned of. */
  map<Key extends string>(...keys: readonly Key[]): Readonly<Record<Key, Setting>> {
    const value = isObject(this.#value) ? this.#value : this.fail("an object");
    for (const key of Object.keys(value))
      if (!(keys as readonly string[]).includes(key))
        this.#warnings.push(`${this.#at}.${key} is not a setting (known here: ${keys.join(", ")})`);
    const settings = keys.map((key) => [key, this.#inside(value[key], `.${key}`)]);
    return Object.fromEntries(settings) as Record<Key, Setting>;
  }

  list(): Setting[] {
    const value = Array.isArray(this.#value) ? (this.#value as unknown[]) : this.fail("a list");
    return value.map((item, index) => this.#inside(item, `[${index}]`));
  }

  /** @throws SettingError when it is no text, or none that `allowed` takes */
  text(what = "a text", allowed: (text: string) => boolean = (text) => text !== ""): string {
    return typeof this.#value === "string" && allowed(this.#value) ? this.#value : this.fail(what);
  }

  oneOf<Choice extends string>(...choices: readonly Choice[]): Choice {
    return choices.find((choice) => choice === this.#value) ?? this.fail(choices.join(" or "));
  }

  fail(what: string): never {
    // A password in a URL is nobody's business.
    const value = JSON.stringify(this.#value)?.replace(/\/\/[^/"]*@/g, "//…@");
    throw new SettingError(`${this.#at} is ${value}, and has to be ${what}`);
  }

  #inside(value: unknown, place: string): Setting {
    return new Setting(value, this.#at + place, this.#warnings);
  }
}
