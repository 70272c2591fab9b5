/**
 * Rehearses routing: what becomes of a task in what a program declares, or in an account, without making one.
 */
export { declaredRouting } from "./declared-routing.ts";
export { declaredStack, type StackProgram } from "./declared-stack.ts";
export { withWorkers, type GivenWorkers } from "./given-workers.ts";
export type { Declared } from "./record-program.ts";
export { RehearsalError } from "./rehearsal-error.ts";
export { rehearse, stageAt, type Rehearsal, type RehearsalOptions } from "./rehearse.ts";
export * from "./routing-setup.ts";
