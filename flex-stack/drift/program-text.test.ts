import { expect, test } from "@jest/globals";
import { finding } from "./finding.fixture.ts";
import { programText } from "./program-text.ts";

test("what the configuration has no word for is a property in the program", () => {
  expect(programText(finding())).toBe(
    "taskrouter.TaskQueue flex-routing-queue-sales: in the program, give maxReservedWorkers: 7",
  );
});

const configuration = (account: object) =>
  finding({ type: "twilio:flex:Configuration", name: "flex-configuration", property: "attributes", account });

test("what the Flex UI plugin reads is made of settings, which no program has to say", () => {
  const account = { flexMessaging: { autoAccept: { taskChannels: [] } } };
  expect(programText(configuration(account))).toBe(
    "flex.Configuration flex-configuration: attributes.flexMessaging is made of flex-messaging:plugin and the kinds of " +
      `the numbers; set these so that attributes become: ${JSON.stringify(account, null, 2)}`,
  );
  expect(programText(configuration({ region: "emea" }))).toBe(
    'flex.Configuration flex-configuration: in the program, give attributes: {\n  "region": "emea"\n}',
  );
});
