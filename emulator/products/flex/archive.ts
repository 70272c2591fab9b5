import type { Context } from "../../kernel/context.ts";
import type { Document, Kind } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";

/**
 * Archives something of the plug-in service; once it is, it stays so.
 *
 * @throws TwilioError while it is part of the active release
 */
export function archive<F extends { archived: boolean }>(
  context: Context,
  kind: Kind<F>,
  found: Document<F>,
  isEnabled: boolean,
): Document<F> {
  if (isEnabled) throw invalid(`${found.sid} can't be archived: the active release enables it`);
  if (found.fields.archived) throw invalid(`${found.sid} is already archived`);
  return context.of(kind).update(found, { ...found.fields, archived: true });
}
