import { accountSid } from "../../data/account.ts";
import { own, twilio } from "../../data/api.ts";

/** A text between a customer and one of the account's numbers. */
export interface Text {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly direction: string;
  readonly status: string;
  readonly error_code: number | null;
  readonly error_message: string | null;
  readonly num_media: string;
  readonly date_created: string;
}

/** How many texts are looked at: the newest of the account. */
const looked = 100;

/** The newest texts of the account, newest first. */
export async function newestTexts(): Promise<readonly Text[]> {
  const path = `api.twilio.com/2010-04-01/Accounts/${await accountSid()}/Messages.json`;
  const { messages } = await twilio<{ messages: Text[] }>("GET", path, {
    form: { PageSize: String(looked) },
  });
  return messages;
}

/** The account's numbers. */
export async function numbers(): Promise<readonly { phone_number: string; friendly_name: string }[]> {
  const path = `api.twilio.com/2010-04-01/Accounts/${await accountSid()}/IncomingPhoneNumbers.json`;
  const { incoming_phone_numbers: found } = await twilio<{
    incoming_phone_numbers: { phone_number: string; friendly_name: string }[];
  }>("GET", path, { form: { PageSize: "200" } });
  return found;
}

/** Whose phone a text is on. */
export function customerOf({ direction, from, to }: Text): string {
  return direction === "inbound" ? from : to;
}

/** Lets a phone send a text. */
export async function sendText(text: {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaUrls: readonly string[];
}): Promise<void> {
  await own("POST", "/messages", text);
}

/** Addresses of a text's pictures, in the account's own API, which leads on to where they are. */
export async function picturesOf(sid: string): Promise<string[]> {
  const path = `api.twilio.com/2010-04-01/Accounts/${await accountSid()}/Messages/${sid}/Media`;
  const { media_list: list } = await twilio<{ media_list: { sid: string }[] }>("GET", `${path}.json`);
  return list.map((one) => `/_emulator/api/${path}/${one.sid}`);
}
