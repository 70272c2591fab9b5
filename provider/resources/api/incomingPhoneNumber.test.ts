import { expect, test } from "@jest/globals";

import { UNKNOWN } from "../../engine/value.ts";
import type { Properties } from "../../engine/value.ts";
import { incomingPhoneNumber } from "./incomingPhoneNumber.ts";

const oneOfThem = { path: ["phoneNumber"], reason: "Give one of phoneNumber and areaCode, and not both" };
const phoneNumber = "+14155550100";

test.each<[string, Properties, object[]]>([
  ["a number", { phoneNumber }, []],
  ["an area code", { areaCode: "415" }, []],
  ["a number that is not known yet", { phoneNumber: UNKNOWN }, []],
  ["neither", {}, [oneOfThem]],
  ["both", { phoneNumber, areaCode: "415" }, [oneOfThem]],
  [
    "a trunk and an application",
    { phoneNumber, trunkSid: UNKNOWN, voiceApplicationSid: UNKNOWN },
    [
      {
        path: ["trunkSid"],
        reason: "excludes voiceApplicationSid: at Twilio each removes the other; leave one out",
      },
    ],
  ],
])("%s", (_case, inputs, failures) => {
  expect(incomingPhoneNumber.check?.(inputs)).toEqual(failures);
});
