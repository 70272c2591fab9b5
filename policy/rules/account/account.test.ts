import { describe, expect, test } from "@jest/globals";
import { centre, sid, type Centre } from "../../testing/centre.ts";
import { at, set, testRule, violationsOf, type Case } from "../../testing/test-rule.ts";
import { UNKNOWN } from "../../unknown.ts";
import { configCredentials } from "./config-credentials.ts";
import { noCredentials } from "./no-credentials.ts";
import { protectedResources } from "./protected.ts";
import { references } from "./references.ts";
import { webhooksHttps } from "./webhooks-https.ts";
import { webhooksPublic } from "./webhooks-public.ts";

const url = (smsUrl: unknown) => set("shop", { smsUrl });
const httpStep = (properties: Record<string, unknown>) => (resources: Centre) => {
  const { definition } = at(resources, "flow").properties as {
    definition: { states: { properties: object }[] };
  };
  Object.assign(definition.states[1]!.properties, properties);
};
const local = (name: string) => (resources: Centre) => {
  at(resources, name).local = true;
};

testRule(webhooksHttps, [
  [
    "http",
    url("http://handler.acme-support.com/sms"),
    ["shop.smsUrl is http://handler.acme-support.com/sms"],
  ],
  [
    "in a step of a flow",
    httpStep({ url: "http://handler.acme-support.com/lookup?x=1" }),
    ["flow.definition.states[1].properties.url is http://handler.acme-support.com/lookup"],
  ],
  [
    "in a channel's webhook",
    set("archive", { configuration: { url: "http://a.acme-support.com/" } }),
    ["archive.configuration.url is http://a.acme-support.com/"],
  ],
  [
    "on a local Twilio",
    (resources) => {
      url("http://127.0.0.1:4200/sms")(resources);
      local("shop")(resources);
    },
    [],
  ],
  ["an address from Liquid", httpStep({ url: "{{flow.variables.url}}" }), []],
  ["a host from Liquid", httpStep({ url: "https://{{flow.variables.host}}/x" }), []],
  [
    "http to a host from Liquid",
    httpStep({ url: "http://{{flow.variables.host}}/x" }),
    ["flow.definition.states[1].properties.url begins with http:"],
  ],
  ["not known yet", url(UNKNOWN), []],
  ["none", url(""), []],
]);

const hidden = (host: string): Case => [
  host,
  url(`https://${host}/sms`),
  [`shop.smsUrl is at ${host}, which only some networks know`],
];
const open = (host: string): Case => [host, url(`https://${host}/sms`), []];

testRule(webhooksPublic, [
  ...["localhost", "127.0.0.1", "10.1.2.3", "172.20.0.1", "192.168.1.5", "169.254.169.254", "100.64.0.1"].map(
    hidden,
  ),
  ...["[::1]", "[fd00::1]", "[fe80::1]", "handler", "db.internal", "mac.local", "sms.example", "a.test"].map(
    hidden,
  ),
  ...["handler.acme-support.com", "8.8.8.8", "172.32.0.1", "[2606:4700::1111]", "a.localhost.acme.com"].map(
    open,
  ),
  [
    "on a local Twilio",
    (resources) => {
      url("https://localhost/sms")(resources);
      local("shop")(resources);
    },
    [],
  ],
]);

testRule(noCredentials, [
  ["a password", url("https://user:pa55@h.acme.com/sms"), ["shop.smsUrl holds a URL with a password"]],
  ...["token", "api_key", "apikey", "sig", "x-auth", "client_secret"].map((name): Case => [
    `?${name}=`,
    url(`https://h.acme.com/sms?${name}=abc`),
    [`shop.smsUrl holds a URL with a value for the parameter ${name}`],
  ]),
  [
    "a webhook's address, in a step of a flow",
    httpStep({ url: `https://hooks.slack.com/services/T0/B0/${"x".repeat(24)}` }),
    [
      "flow.definition.states[1].properties.url holds the address of a Slack webhook, which is a secret itself",
    ],
  ],
  [
    "a token as the user of an address",
    url(`https://${"a1".repeat(12)}@h.acme.com/sms`),
    ["shop.smsUrl holds a URL with a token as its user"],
  ],
  [
    "a token by its shape, in a body",
    httpStep({ body: `{"text":"hi","auth":"xoxb-${"x".repeat(24)}"}` }),
    ["flow.definition.states[1].properties.body.auth holds a Slack token"],
  ],
  [
    "a signature of shared access",
    url("https://h.acme.com/sms?sv=1&sig=x"),
    ["shop.smsUrl holds a URL with a value for the parameter sig"],
  ],
  ["a user that is a name", url("https://customer-support@h.acme.com/sms"), []],
  ["a parameter that is none", url("https://h.acme.com/sms?design=1&author=x"), []],
  ["one that Liquid fills", httpStep({ url: "https://h.acme.com/?token={{flow.variables.token}}" }), []],
  [
    "a bearer token",
    httpStep({ headers: [{ key: "Authorization", value: "Bearer abcdefghijklmnop" }] }),
    ["flow.definition.states[1].properties.headers[0].value holds an Authorization header"],
  ],
  [
    "a Twilio token",
    httpStep({ body: `${sid("AC", 1)}:0123456789abcdef0123456789abcdef` }),
    ["flow.definition.states[1].properties.body holds a Twilio SID with its token or secret"],
  ],
  [
    "a secret by name",
    set("alice", { attributes: { contact_uri: "client:alice", crm: { api_key: "x" } } }),
    ["alice.attributes.crm.api_key holds what its name calls a secret"],
  ],
  [
    "what a provider is given",
    (resources) => {
      Object.assign(at(resources, "shop"), {
        type: "pulumi:providers:twilio",
        properties: { authToken: "x" },
      });
    },
    [],
  ],
  [
    "on a local Twilio too",
    (resources) => {
      url("https://user:pa55@h.acme.com/sms")(resources);
      local("shop")(resources);
    },
    ["shop.smsUrl holds a URL with a password"],
  ],
]);

describe("config-has-no-plain-credentials", () => {
  const values = {
    "twilio:accountSid": sid("AC", 1),
    "twilio:authToken": "abc",
    "flex-messaging:chat": '{"friendlyName":"Chat","crm":{"apiKey":"x"}}',
  };
  const violations = (secretKeys: string[], local = false) =>
    violationsOf(configCredentials, centre(), { values, secretKeys, local });

  test.each([
    [["twilio:authToken", "flex-messaging:chat"], []],
    [["flex-messaging:chat"], ["twilio:authToken is plain text in the configuration"]],
    [["twilio:authToken"], ["flex-messaging:chat.crm.apiKey is plain text in the configuration"]],
  ])("with %j encrypted", (secretKeys, expected) => {
    expect(violations(secretKeys)).toEqual(expected);
  });

  test("in a text that no resource has: the handler of numbers that Flex handles", () => {
    const handling = {
      "flex-messaging:messageHandling": '{"handler":{"smsUrl":"https://u:pw@h.acme.com/sms"}}',
    };
    expect(
      violationsOf(configCredentials, centre(), { values: handling, secretKeys: [], local: false }),
    ).toEqual([
      "flex-messaging:messageHandling.handler.smsUrl holds a URL with a password, in plain text in the configuration",
    ]);
  });

  test("an address that is a secret itself", () => {
    const handling = {
      "flex-messaging:messageHandling": `{"handler":{"smsUrl":"https://hook.eu1.make.com/${"x".repeat(32)}"}}`,
    };
    expect(
      violationsOf(configCredentials, centre(), { values: handling, secretKeys: [], local: false }),
    ).toEqual([
      "flex-messaging:messageHandling.handler.smsUrl holds the address of a Make webhook, which is a secret itself, in plain text in the configuration",
    ]);
  });

  test("on a local Twilio", () => {
    expect(violations([], true)).toEqual([]);
  });
});

const unprotected = (name: string): Case => [
  name,
  (resources) => {
    at(resources, name).protect = false;
  },
  [`${name} is not protected`],
];

testRule(protectedResources, [
  ...["main", "shop", "agent", "auditor", "chat", "proxy", "workspace"].map(unprotected),
  [
    "what can be made again",
    (resources) => {
      at(resources, "inbound").protect = false;
    },
    [],
  ],
  [
    "on a local Twilio",
    (resources) => {
      at(resources, "main").protect = false;
      local("main")(resources);
    },
    [],
  ],
]);

const elsewhere = (prefix: string) => sid(prefix, 9);

testRule(references, [
  [
    "a queue",
    (resources) => {
      const { configuration } = at(resources, "inbound").properties as {
        configuration: { task_routing: { default_filter: unknown } };
      };
      configuration.task_routing.default_filter = { queue: elsewhere("WQ") };
    },
    [
      `inbound.configuration.task_routing.default_filter.queue is ${elsewhere("WQ")}, a queue that the stack does not declare`,
    ],
  ],
  [
    "a workflow and a task channel",
    (resources) => {
      const { definition } = at(resources, "flow").properties as {
        definition: { states: { properties: object }[] };
      };
      Object.assign(definition.states[2]!.properties, {
        workflow: elsewhere("WW"),
        channel: elsewhere("TC"),
      });
    },
    [
      `flow.definition.states[2].properties.workflow is ${elsewhere("WW")}, a workflow that the stack does not declare`,
      `flow.definition.states[2].properties.channel is ${elsewhere("TC")}, a task channel that the stack does not declare`,
    ],
  ],
  [
    "a flow",
    set("main-flow", { integration: { flowSid: elsewhere("FW") } }),
    [`main-flow.integration.flowSid is ${elsewhere("FW")}, a flow that the stack does not declare`],
  ],
  [
    "the workflow of outbound tasks",
    set("configuration", { taskrouterTargetWorkflowSid: elsewhere("WW") }),
    [
      `configuration.taskrouterTargetWorkflowSid is ${elsewhere("WW")}, a workflow that the stack does not declare`,
    ],
  ],
  [
    "a flow, where the stack declares none",
    (resources) => {
      delete resources.flow;
    },
    [],
  ],
  [
    "a flow, where the change makes the stack's own",
    (resources) => {
      set("flow", { sid: UNKNOWN })(resources);
      set("main-flow", { integration: { flowSid: elsewhere("FW") } })(resources);
      set("talk-address", { autoCreation: { studioFlowSid: UNKNOWN } })(resources);
    },
    [`main-flow.integration.flowSid is ${elsewhere("FW")}, a flow that the stack does not declare`],
  ],
  [
    "a flow of an Address",
    set("talk-address", { autoCreation: { type: "studio", studioFlowSid: elsewhere("FW") } }),
    [`talk-address.autoCreation.studioFlowSid is ${elsewhere("FW")}, a flow that the stack does not declare`],
  ],
  ["a flow not known yet", set("main-flow", { integration: { flowSid: UNKNOWN } }), []],
]);
