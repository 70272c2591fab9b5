import type { Document } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import { dateTime, json, type Parameter } from "../../kernel/parameter.ts";
import type { Draft } from "../../kernel/resource.ts";

/** A parameter that a new resource lacks until it is given. */
export function absent(parameter: Parameter): Parameter {
  return { ...parameter, default: undefined };
}

/** A parameter that can't be cleared: an empty one counts as not given. */
export function kept(parameter: Parameter): Parameter {
  return {
    ...parameter,
    read: (values, name) => (values[0] === "" ? undefined : parameter.read(values, name)),
  };
}

/** JSON text of the application's own, `{}` when not given. */
export const attributes = json({ default: "{}" });

/** What may be set to recreate a resource from a backup. */
export const dates = { DateCreated: dateTime(), DateUpdated: dateTime() } as const;

/** Times that were given instead of the real ones; null: the real one. */
export interface GivenDates {
  date_created: string | null;
  date_updated: string | null;
}

/** The given times where there are any, for `render`. */
export function renderDates({ fields: { date_created, date_updated } }: Document<GivenDates>): object {
  return {
    ...(date_created === null ? {} : { date_created }),
    ...(date_updated === null ? {} : { date_updated }),
  };
}

/** Lets an update without a time of its own count as made now. */
export function forgetGivenUpdate({ fields, previous, input }: Draft<GivenDates>): void {
  if (previous !== undefined && input["DateUpdated"] === undefined) fields.date_updated = null;
}

/** Chat refuses updates that name none of the resource's parameters. @throws TwilioError 20161 */
export function refuseEmptyUpdate({ previous, input }: Pick<Draft<object>, "previous" | "input">): void {
  if (previous !== undefined && Object.keys(input).length === 0) {
    throw invalid("Parameters are not specified for update request", 20161);
  }
}
