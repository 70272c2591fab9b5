export { routeInAccount } from "./account-routing.ts";
export type { RouteOptions } from "./options.ts";
export type { Route } from "./route.ts";
