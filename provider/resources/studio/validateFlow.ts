import type { Twilio } from "twilio";

import type { Failure } from "../../engine/definition.ts";
import { TwilioError } from "../../engine/errors.ts";
import type { Path, Properties } from "../../engine/value.ts";

/** Asks Twilio whether a flow is valid, which changes nothing. */
export async function validateFlow(twilio: Twilio, inputs: Properties): Promise<Failure[]> {
  try {
    await twilio.studio.v2.flowValidate.update({
      friendlyName: inputs["friendlyName"] as string,
      status: inputs["status"] as "draft" | "published",
      definition: inputs["definition"],
    });
    return [];
  } catch (error) {
    if (error instanceof TwilioError && error.status === 400) return failures(error);
    throw error;
  }
}

/** Twilio's findings: `{ errors: [{ message, property_path: "#/states/0/transitions/1/next" }] }`. */
function failures(error: TwilioError): Failure[] {
  const { errors } = (error.details ?? {}) as { errors?: unknown };
  if (!Array.isArray(errors) || errors.length === 0) return [{ path: ["definition"], reason: error.message }];
  return errors.map((finding: { message?: unknown; property_path?: unknown }) => ({
    path: ["definition", ...pointer(finding.property_path)],
    reason: typeof finding.message === "string" ? finding.message : JSON.stringify(finding),
  }));
}

/** A JSON pointer as a path. */
function pointer(text: unknown): Path {
  if (typeof text !== "string") return [];
  return text
    .replace(/^#?\//, "")
    .split("/")
    .filter((part) => part !== "" && part !== "#")
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll("~1", "/").replaceAll("~0", "~")));
}
