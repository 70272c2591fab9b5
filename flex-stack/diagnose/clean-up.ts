import type { TwilioAccount } from "../account/account.ts";

/** Commands that put things right by Twilio's API, for people to run. */
export class CleanUp {
  readonly #account: Pick<TwilioAccount, "accountSid" | "endpoint">;

  constructor(account: Pick<TwilioAccount, "accountSid" | "endpoint">) {
    this.#account = account;
  }

  /** @param url Of Twilio itself, such as `https://proxy.twilio.com/v1/Services/KS…/Sessions/KC…`. */
  remove(url: string): string {
    return this.#curl(url, ["-X DELETE"]);
  }

  /** Removes several things of one list. @param sids Theirs */
  removeAll(url: string, sids: readonly string[]): string {
    return `for sid in ${sids.join(" ")}; do ${this.remove(`${url}/SID`).replace(/SID$/, "$sid")}; done`;
  }

  /** @param form Fields to set, by Twilio's names; a list repeats its name. */
  change(url: string, form: readonly (readonly [name: string, value: string])[]): string {
    return this.#curl(
      url,
      form.map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`),
    );
  }

  /** Sets fields of the Flex Configuration, by Twilio's names. */
  changeFlex(fields: Readonly<Record<string, string>>): string {
    const body = JSON.stringify({ account_sid: this.#account.accountSid, ...fields });
    return this.#curl("https://flex-api.twilio.com/v1/Configuration", [
      "-H 'Content-Type: application/json'",
      `--data ${quoted(body)}`,
    ]);
  }

  #curl(url: string, options: readonly string[]): string {
    const { accountSid, endpoint } = this.#account;
    const { host, pathname } = new URL(url);
    const where = endpoint === undefined ? [url] : [`-H 'Host: ${host}'`, endpoint + pathname];
    return ["curl -sSf", `-u "${accountSid}:$TWILIO_AUTH_TOKEN"`, ...options, ...where].join(" ");
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
