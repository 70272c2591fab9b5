import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { fetchTestUsers, flow, updateTestUsers, validate } from "./flow.ts";
import { fetchRevision, flowRevision } from "./flowRevision.ts";

export const studio: Product = {
  host: "studio",
  dialect: versioned,
  operations: operationsOf("studio.twilio.com"),
  resources: [flow, flowRevision],
  routes: [
    { method: "POST", path: "/v2/Flows/Validate", handle: validate },
    { method: "GET", path: "/v2/Flows/{Sid}/Revisions/{Revision}", handle: fetchRevision },
    { method: "GET", path: "/v2/Flows/{Sid}/TestUsers", handle: fetchTestUsers },
    { method: "POST", path: "/v2/Flows/{Sid}/TestUsers", handle: updateTestUsers },
  ],
};
