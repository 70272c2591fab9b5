import type { Context } from "../../kernel/context.ts";
import { findDocument, readInput } from "../../kernel/crud.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid, missingParameter } from "../../kernel/errors.ts";
import { list, oneOf, type Parameter, parseJson, sid, text } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { checkDefinition, warningsOf } from "./definition.ts";
import { type Flow, flow } from "./kinds.ts";
import { addRevision, neverUpdated } from "./revisions.ts";

/** JSON text; valid ones only, whatever the status. */
const definition: Parameter = {
  on: "both",
  required: true,
  default: undefined,
  field: undefined,
  read([value = ""], name) {
    if (value === "") return undefined;
    const parsed = parseJson(value, name);
    checkDefinition(parsed);
    return parsed;
  },
};

export const flowResource = resource(flow, {
  prefix: "FW",
  path: "/v2/Flows",
  listKey: "flows",
  parameters: {
    FriendlyName: text({ required: true }),
    Status: oneOf(["draft", "published"], { required: true }),
    Definition: definition,
    CommitMessage: text(),
    AuthorSid: sid("US"),
  },
  hidden: ["test_users"],
  links: { test_users: "/TestUsers", revisions: "/Revisions", executions: "/Executions" },
  render: (document) => ({
    valid: true,
    errors: [],
    warnings: warningsOf(document.fields.definition),
    webhook_url: `https://webhooks.twilio.com/v1/Accounts/${document.accountSid}/Flows/${document.sid}`,
    ...neverUpdated(document),
  }),
  // Twilio tells nothing of these in lists.
  renderInList: () => ({ definition: null, commit_message: null, valid: null, errors: null, warnings: null }),
  beforeWrite({ fields, previous, input }) {
    // An update may leave out all but this.
    if (input["Status"] === undefined) throw missingParameter("Status");
    fields.revision = (previous?.fields.revision ?? 0) + 1;
    fields.test_users ??= [];
    if (input["CommitMessage"] === undefined) fields.commit_message = null;
  },
  afterCreate: (created, context) => addRevision(context, created),
  afterUpdate: (updated, _previous, context) => addRevision(context, updated),
});

/** Answers `Flows/Validate`: takes what a create would, and creates nothing. */
export function validate(request: RequestContext): Reply {
  readInput(request, flowResource, "create");
  return { status: 200, body: { valid: true } };
}

export function fetchTestUsers(request: RequestContext): Reply {
  return answerTestUsers(findDocument(request, flowResource));
}

const testUsers = list(text({ required: true }), { required: true });

export function updateTestUsers(request: RequestContext): Reply {
  const { context, form } = request;
  const found = findDocument(request, flowResource);
  const given = form.get("TestUsers");
  if (given === undefined) throw missingParameter("TestUsers");
  const users = testUsers.read(given, "TestUsers");
  if (!Array.isArray(users)) throw invalid("TestUsers must be a list");
  return answerTestUsers(
    setTestUsers(
      context,
      found,
      users.filter((user) => typeof user === "string"),
    ),
  );
}

function setTestUsers(context: Context, found: Document<Flow>, users: string[]): Document<Flow> {
  return context.of(flow).update(found, { ...found.fields, test_users: users });
}

function answerTestUsers({ sid: flowSid, fields }: Document<Flow>): Reply {
  const url = `https://studio.twilio.com/v2/Flows/${flowSid}/TestUsers`;
  return { status: 200, body: { sid: flowSid, test_users: fields.test_users, url } };
}
