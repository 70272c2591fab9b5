import type { TwilioAccount } from "../../account/account.ts";
import { allPages } from "./pages.ts";
import type { Text } from "./text.ts";

/** Most texts that Twilio gives at once. */
const pageSize = 1000;

/**
 * All texts that came in to a number within a time, oldest first.
 *
 * @param onTexts Is told how many were read so far.
 * @throws TwilioError
 */
export async function readLog(
  { client }: TwilioAccount,
  lines: readonly string[],
  { from, to }: { readonly from: Date; readonly to: Date },
  onTexts: (count: number) => void = () => undefined,
): Promise<readonly Text[]> {
  const texts: Text[] = [];
  for (const line of lines) {
    const page = client.messages.page({ to: line, dateSentAfter: from, dateSentBefore: to, pageSize });
    let count = 0;
    const { items } = await allPages(page, (some) => {
      onTexts(texts.length + (count += some.length));
      return true;
    });
    for (const { sid, from: sender, to: receiver, body, numMedia, direction, dateSent, dateCreated } of items)
      if (direction === "inbound")
        texts.push({
          sid,
          from: sender,
          to: receiver,
          body: body ?? "",
          media: Number(numMedia) || 0,
          at: dateSent ?? dateCreated,
        });
  }
  // The log is newest first, and tells times by the second: of the same second it knows which came first.
  return texts.reverse().sort((one, other) => one.at.getTime() - other.at.getTime());
}
