import type { Context } from "../../kernel/context.ts";
import { invalid } from "../../kernel/errors.ts";
import type { Document, Resource } from "../../kernel/resource.ts";

/**
 * Archives something of the plug-in service; once it is, it stays so.
 *
 * @throws TwilioError while it is part of the active release
 */
export function archive<F extends { archived: boolean }>(
  context: Context,
  resource: Resource<F>,
  found: Document<F>,
  isEnabled: boolean,
): Document<F> {
  if (isEnabled) throw invalid(`${found.sid} can't be archived: the active release enables it`);
  if (found.fields.archived) throw invalid(`${found.sid} is already archived`);
  return context.of(resource).update(found, { ...found.fields, archived: true });
}
