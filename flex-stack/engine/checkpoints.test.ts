import { expect, test } from "@jest/globals";
import { checkpointVariables } from "./checkpoints.ts";

const folder = { backend: "file:///tmp/state", projectFolder: "/project", project: "p", stack: "dev" };
const bucket = { ...folder, backend: "s3://bucket" };
const queue = { type: "twilio:taskrouter:TaskQueue", custom: true };
const own = [
  { type: "pulumi:pulumi:Stack", custom: false },
  { type: "pulumi:providers:twilio", custom: true },
  { type: "pulumi:pulumi:StackReference", custom: true },
  { type: "flex-messaging:routing:TaskRouting", custom: false },
  { type: "random:index:RandomPassword", custom: false },
  queue,
];

test.each([
  ["the state is written once", folder, true, own, true],
  ["there is nothing yet", folder, true, [], true],
  ["the state lies where the journal does not", bucket, true, own, false],
  ["another provider may come by", folder, false, own, false],
  [
    "another provider's resource is recorded",
    folder,
    true,
    [...own, { type: "aws:s3:Bucket", custom: true }],
    false,
  ],
  ["another provider is", folder, true, [...own, { type: "pulumi:providers:aws", custom: true }], false],
  [
    "a dynamic resource is",
    folder,
    true,
    [queue, { type: "pulumi-nodejs:dynamic:Resource", custom: true }],
    false,
  ],
])("%s", (_when, place, ownProviderAlone, kinds, spared) => {
  const variables = checkpointVariables({ place, ownProviderAlone }, kinds);
  expect(variables).toEqual(spared ? { PULUMI_SKIP_CHECKPOINTS: "true" } : {});
});
