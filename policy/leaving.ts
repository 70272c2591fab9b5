/**
 * URNs that the plan takes out of the stack. Pulumi knows them itself, except where it refused the deletion of a protected
 * resource that may go: `flex-stack` then has the rules look at a plan without that deletion, and names in this variable
 * what they are not to see.
 */
export function leavingUrns(list = process.env.FLEX_STACK_LEAVING): ReadonlySet<string> {
  return new Set(JSON.parse(list || "[]") as string[]);
}
