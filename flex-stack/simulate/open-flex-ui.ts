import { Failure } from "../failure/failure.ts";
import { FlexUi } from "./flex-ui.ts";
import { type TwilioHttp, TwilioRefusal } from "./twilio-http.ts";

/**
 * A worker's Flex UI.
 *
 * @param fix What is advised where there is no such worker; those that there are are named before it.
 * @throws Failure when there is none @throws TwilioRefusal
 */
export async function openFlexUi(http: TwilioHttp, worker: string, fix: string): Promise<FlexUi> {
  try {
    return await FlexUi.open(http, worker);
  } catch (error) {
    if (error instanceof TwilioRefusal || error instanceof Failure) throw error;
    throw new Failure({ what: (error as Error).message, fix, cause: error });
  }
}
