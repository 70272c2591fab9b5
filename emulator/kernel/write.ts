import type { Context, Input } from "./context.ts";
import type { Document } from "./document.ts";
import { setValueAt, snakeCase } from "./json.ts";
import type { Resource } from "./resource.ts";

/** Creates a resource as the API would, from given parameters. @throws TwilioError */
export function createFrom<F extends object>(
  context: Context,
  resource: Resource<F>,
  parentSid: string,
  input: Input,
): Document<F> {
  const fields: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(resource.parameters)) {
    const given = parameter.on === "update" ? undefined : input[name];
    const value = given === undefined ? parameter.default : given;
    const field = fieldOf(name, parameter.field);
    if (field !== null && value !== undefined) setValueAt(fields, field, value);
  }
  const draft = { fields: fields as F, parentSid, input };
  resource.beforeWrite(draft, context);
  const document = context.of(resource).insert(parentSid, draft.fields);
  resource.afterCreate(document, context, input);
  return document;
}

/** Updates a resource as the API would. @throws TwilioError */
export function updateFrom<F extends object>(
  context: Context,
  resource: Resource<F>,
  previous: Document<F>,
  input: Input,
): Document<F> {
  const fields = structuredClone(previous.fields) as Record<string, unknown>;
  for (const [name, parameter] of Object.entries(resource.parameters)) {
    const value = input[name];
    const field = fieldOf(name, parameter.field);
    if (value !== undefined && field !== null && parameter.on !== "create") setValueAt(fields, field, value);
  }
  const draft = { fields: fields as F, parentSid: previous.parentSid, previous, input };
  resource.beforeWrite(draft, context);
  const document = context.of(resource).update(previous, draft.fields);
  resource.afterUpdate(document, previous, context, input);
  return document;
}

function fieldOf(name: string, field: string | null | undefined): string | null {
  return field === undefined ? snakeCase(name) : field;
}
