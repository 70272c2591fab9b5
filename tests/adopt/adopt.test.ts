import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { typeErrors } from "../support/typeErrors.ts";
import { useProject } from "../support/useProject.ts";
import { extendByHand, hostileName } from "./handBuilt.ts";

// An account that was set up by hand with the official SDK. The tests build on one another.

const project = useProject();

const stackFile = (endpoint: string) => `# The team's own words.
config:
  # Which account.
  twilio:accountSid: AC10ca1000000000000000000000000000
  twilio:authToken: local-twilio
  ${endpoint}
  # Somebody thought of this before.
  flex-messaging:proxy:
    # Which one.
    uniqueName: Flex
encryptionsalt: v1:OaJrRUgUcJ4=:v1:9Pkyriwu0J2Rlfw/:ik4gSFdMSxFMgXQI3Rz16zDeQF+w0A==
`;

let start = 0;

/** Requests that could have changed something at Twilio since the account was built. */
const writes = () =>
  project.exchanges
    .slice(start)
    .filter(({ method, path }) => method !== "GET" && path !== "/v2/Flows/Validate")
    .map(({ method, path }) => `${method} ${path}`);

/** SIDs that differ from run to run, by prefix. */
const withoutSids = (text: string) => text.replaceAll(/\b([A-Z]{2})[0-9a-f]{32}\b/g, "$1…");

beforeAll(async () => {
  await extendByHand(project.client);
  const [endpoint = ""] = /twilio:endpoint: .*/.exec(await project.read("Pulumi.dev.yaml")) ?? [];
  await project.write("Pulumi.dev.yaml", stackFile(endpoint));
  start = project.exchanges.length;
}, 60_000);

test("is not touched, nor is a file, where nobody can say yes", async () => {
  const { code, stderr } = await project.flexStack("adopt");
  expect(code).toBe(2);
  expect(stderr).toContain("has to be confirmed");
  expect(project.exchanges).toHaveLength(start);
});

test("is read, declared and recorded without a write", async () => {
  const { code, stdout, stderr } = await project.flexStack("adopt", "--yes");
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(writes()).toEqual([]);
  expect(stdout).toMatch(/read in \d+\.\d s with 23 API requests/);
  expect(stdout).toContain("The configuration declares 40 of them, a program part 11.");
  expect(stdout).toContain('taskrouter.Workspace "Voice of another team"');
  expect(stdout).toMatch(/Stack dev: 51 resources recorded/);
});

test("stands in the configuration, whose comments and other values are kept", async () => {
  const text = await project.read("Pulumi.dev.yaml");
  for (const comment of ["# The team's own words.", "  # Which account.", "    # Which one."])
    expect(text).toContain(comment);
  const { config } = parse(text) as { config: Record<string, object> };
  expect(config["twilio:authToken"]).toBe("local-twilio");
  expect(config["flex-messaging:proxy"]).toEqual({
    uniqueName: "Flex",
    geoMatchLevel: "area-code",
    callbackUrl: "https://example.com/proxy",
  });
  const { queues, workflows } = config["flex-messaging:routing"] as Record<string, object>;
  expect(queues).toEqual({
    everyone: { friendlyName: "Everyone" },
    billing: { friendlyName: "Billing", skill: "billing" },
    billing2: { friendlyName: "billing!", targetWorkers: 'routing.skills HAS "billing" AND level > 2' },
    queue2ndLine: { friendlyName: "2nd line", maxReservedWorkers: 5, taskOrder: "LIFO" },
    bProcessExit1: { friendlyName: hostileName },
    queue: { friendlyName: "日本語サポート" },
    yes: { friendlyName: "Yes" },
    queue1230: { friendlyName: "12:30" },
    queue0x1f: { friendlyName: "0x1F" },
  });
  expect(Object.keys(workflows!)).toEqual(["assignToAnyone", "backToTheSameAgent"]);
  expect(config["flex-messaging:messageHandling"]).toEqual({
    kind: "flex",
    integration: { type: "studio" },
    longLived: false,
    janitorEnabled: true,
    handler: {
      smsUrl: "https://parcels.example.com/sms",
      smsMethod: "POST",
      smsFallbackUrl: "https://parcels.example.com/fallback",
      smsFallbackMethod: "POST",
    },
    numbers: {
      mainLine: {
        phoneNumber: "+14155550142",
        friendlyName: "Main line",
        flexFlowName: "Flex Messaging Channel Flow",
      },
      parcels: { phoneNumber: "+12065550187", friendlyName: "Parcels", kind: "custom" },
    },
  });
});

test("has the rest in a program part that compiles", async () => {
  const program = await project.read("adopted/dev/index.ts");
  expect(withoutSids(program)).toBe(readFileSync(new URL("program-part.ts.golden", import.meta.url), "utf8"));
  const place = new URL("../../adopted/dev/", import.meta.url);
  expect(typeErrors(program, place.href)).toEqual([]);
});

test("then differs in nothing, and an update writes nothing", async () => {
  // A policy has something against the half configured number.
  const preview = await project.flexStack("preview", "--expect-no-changes", "--refresh", "--no-policy");
  expect(preview.stdout).toMatch(/Stack dev: no changes, \d+ unchanged/);
  expect(preview.code).toBe(0);
  const up = await project.flexStack("up", "--yes", "--no-policy");
  expect(up.stdout).toMatch(/Stack dev: no changes, \d+ unchanged/);
  expect(up.code).toBe(0);
  expect(writes()).toEqual([]);
});

test("is adopted again without a change", async () => {
  const files = () =>
    Promise.all(["Pulumi.dev.yaml", "adopted/dev/index.ts"].map((file) => project.read(file)));
  const before = await files();
  const { code, stdout } = await project.flexStack("adopt", "--yes");
  expect(stdout).toContain("All of it is declared already; no file changes.");
  expect(stdout).toContain("Stack dev: all of it is in the state already.");
  expect(code).toBe(0);
  expect(await files()).toEqual(before);
  expect(writes()).toEqual([]);
});

test("is printed as files without credentials", async () => {
  const { code, stdout } = await project.flexStack("adopt", "--print");
  expect(code).toBe(0);
  expect(stdout).toBe("");
  await project.write("adopted/dev/index.ts", "// changed\n");
  const changed = await project.flexStack("adopt", "--print");
  expect(changed.stdout).toContain("# adopted/dev/index.ts\nimport ");
  expect(changed.stdout).not.toContain("local-twilio");
});

test("is not declared anew in other words while the stack is in use", async () => {
  const { code, stderr } = await project.flexStack("adopt", "--yes");
  expect(code).toBe(2);
  expect(stderr).toContain(
    'Stack "dev" is in use, and adopting its account anew would replace adopted/dev/index.ts.',
  );
  expect(await project.read("adopted/dev/index.ts")).toBe("// changed\n");
});
