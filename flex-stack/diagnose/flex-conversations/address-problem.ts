import type { AddressConfigurationInstance } from "twilio/lib/rest/conversations/v1/addressConfiguration.js";
import type { Circumstances } from "../case.ts";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import { autoCreationOf } from "../reads/conversations.ts";
import { addressOf, type Repair } from "../repair.ts";
import { serviceOf } from "./collect-talk.ts";

type Given = Pick<Circumstances, "reads" | "repair" | "cleanUp">;

/** A number that is for Flex Conversations, and has no Address. */
export function addressMissing(repair: Repair, number: string): Problem {
  return {
    cause: "address-missing",
    sentence: `There is no Address for ${number}: a text to it opens no conversation.`,
    fix: repair.or("Add the number to the Flex Conversations addresses in the console", addressOf(number)),
    page: consolePage.flexMessaging(),
  };
}

/** An Address that opens nothing, and nobody else gets the number's texts. */
export function addressDisabled({ repair, cleanUp }: Given, found: AddressConfigurationInstance): Problem {
  return {
    cause: "address-disabled",
    sentence: `The Address ${found.sid} of ${found.address} is not enabled: it opens no conversation, and nobody else gets what comes in.`,
    fix: repair.or("Enable it", found.sid),
    page: consolePage.flexMessaging(),
    command: changed(cleanUp, found.sid, ["AutoCreation.Enabled", "true"]),
  };
}

/** What is wrong with the service that an enabled Address opens conversations in. */
export async function addressProblem(
  { reads, repair, cleanUp }: Given,
  found: AddressConfigurationInstance,
): Promise<Problem | undefined> {
  const { chatServiceSid: own } = reads.place;
  const named = autoCreationOf(found).conversation_service_sid;
  const serviceSid = await serviceOf(autoCreationOf(found), reads);
  const page = consolePage.flexMessaging();
  const fix = repair.or("Let it open them in the service of Flex", found.sid);
  const command =
    own === undefined ? undefined : changed(cleanUp, found.sid, ["AutoCreation.ConversationServiceSid", own]);
  const which = named === undefined ? "the account's default service" : `service ${serviceSid}`;
  if (serviceSid === undefined || (await reads.conversations.service(serviceSid)) === undefined)
    return {
      cause: "address-service-missing",
      sentence: `The Address ${found.sid} of ${found.address} opens conversations in ${which}, which does not exist: texts get into none.`,
      fix,
      page,
      command,
    };
  if (own === undefined || serviceSid === own) return undefined;
  return {
    cause: "address-other-service",
    sentence: `The Address ${found.sid} of ${found.address} opens conversations in ${which}${named === undefined ? `, ${serviceSid}` : ""}, and Flex works with ${own}: no agent sees them.`,
    fix,
    page,
    command,
  };
}

/** Whether the stack declares that an Address leads to another flow than it does: bringing that back mends it, too. */
export function isLedElsewhere(repair: Repair, found: AddressConfigurationInstance): boolean {
  const declared = repair.declared(found.sid) as
    { readonly autoCreation?: { readonly studioFlowSid?: unknown } } | undefined;
  const flowSid = declared?.autoCreation?.studioFlowSid;
  return typeof flowSid === "string" && flowSid !== autoCreationOf(found).studio_flow_sid;
}

function changed(
  cleanUp: Circumstances["cleanUp"],
  sid: string,
  ...form: readonly (readonly [string, string])[]
): string {
  return cleanUp.change(`https://conversations.twilio.com/v1/Configuration/Addresses/${sid}`, form);
}
