import { expect, test } from "@jest/globals";
import { CleanUp } from "./clean-up.ts";

const accountSid = "AC10ca1000000000000000000000000000";
const url = "https://proxy.twilio.com/v1/Services/KS1/Sessions/KC1";

test("commands for Twilio name no credential", () => {
  const cleanUp = new CleanUp({ accountSid, endpoint: undefined });
  expect(cleanUp.remove(url)).toBe(`curl -sSf -u "${accountSid}:$TWILIO_AUTH_TOKEN" -X DELETE ${url}`);
});

test("commands for a local Twilio go there under Twilio's name", () => {
  const cleanUp = new CleanUp({ accountSid, endpoint: "http://127.0.0.1:4100" });
  expect(cleanUp.change(url, [["Status", "closed"]])).toBe(
    `curl -sSf -u "${accountSid}:$TWILIO_AUTH_TOKEN" --data-urlencode 'Status=closed' -H 'Host: proxy.twilio.com' http://127.0.0.1:4100/v1/Services/KS1/Sessions/KC1`,
  );
});

test("values are quoted for the shell", () => {
  const cleanUp = new CleanUp({ accountSid, endpoint: undefined });
  expect(cleanUp.change(url, [["Attributes", `{"name":"O'Hara; $(id)"}`]])).toContain(
    String.raw`--data-urlencode 'Attributes={"name":"O'\''Hara; $(id)"}'`,
  );
});

test("several things of a list are removed one by one", () => {
  const cleanUp = new CleanUp({ accountSid, endpoint: "http://127.0.0.1:4100" });
  expect(cleanUp.removeAll("https://proxy.twilio.com/v1/Services/KS1/Sessions", ["KC1", "KC2"])).toBe(
    `for sid in KC1 KC2; do curl -sSf -u "${accountSid}:$TWILIO_AUTH_TOKEN" -X DELETE -H 'Host: proxy.twilio.com' http://127.0.0.1:4100/v1/Services/KS1/Sessions/$sid; done`,
  );
});

test("the Flex Configuration is changed by JSON that names the account", () => {
  const cleanUp = new CleanUp({ accountSid, endpoint: undefined });
  expect(cleanUp.changeFlex({ ui_version: "~2.17.0" })).toBe(
    `curl -sSf -u "${accountSid}:$TWILIO_AUTH_TOKEN" -H 'Content-Type: application/json' --data '{"account_sid":"${accountSid}","ui_version":"~2.17.0"}' https://flex-api.twilio.com/v1/Configuration`,
  );
});
