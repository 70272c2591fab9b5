export { findRoute } from "./find-route.ts";
export type { RouteQuestion } from "./question.ts";
export type { Route } from "./route.ts";
export { attributesLength, maxAttributes } from "./task-attributes.ts";
