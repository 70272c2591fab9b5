import { expect, test } from "@jest/globals";
import { useStack } from "./project.ts";

// The larger example, on a local Twilio of its own.

const stack = useStack("examples/contact-centre");

test("it deploys, and a preview that looks at Twilio finds no change", async () => {
  await stack.up();
  const outputs = await stack.outputs();
  const workspace = stack.client.taskrouter.v1.workspaces(outputs.workspaceSid as string);
  const declared = [outputs.queueSids, outputs.workflowSids, outputs.agentSids].map(
    (sids) => Object.keys(sids as object).length,
  );
  expect(declared).toEqual([12, 6, 40]);
  const workers = await workspace.workers.list();
  const ada = workers.find(({ friendlyName }) => friendlyName === "Ada Abara");
  expect(workers).toHaveLength(40);
  expect(JSON.parse(ada?.attributes ?? "{}")).toMatchObject({
    contact_uri: "client:ada_2Eabara_40example_2Ecom",
    routing: { skills: ["billing"] },
  });
  const [partners] = await stack.client.incomingPhoneNumbers.list({ phoneNumber: "+12065550187" });
  expect(partners?.smsUrl).toBe("https://partners.example.com/sms");
  expect(await stack.preview("--refresh", "--expect-no-changes")).toEqual([]);
});
