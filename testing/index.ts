/** What the tests of a stack use: where its routing sends tasks, known before it is deployed. */
export { expect, type RouteExpectation, type RouteOptions, type StackExpectation } from "./expect.ts";
export { stackUnderTest, StackUnderTest } from "./stack-under-test.ts";
export type { GivenWorkers } from "../rehearsal/index.ts";
