import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { createExecution, executionResource, fetchExecutionContext, updateExecution } from "./execution.ts";
import { executionStepResource, fetchStepContext } from "./executionStep.ts";
import { fetchTestUsers, flowResource, updateTestUsers, validate } from "./flow.ts";
import { fetchRevision, flowRevisionResource } from "./flowRevision.ts";

export const studio: Product = {
  host: "studio",
  dialect: versioned,
  operations: operationsOf("studio.twilio.com"),
  resources: [flowResource, flowRevisionResource, executionResource, executionStepResource],
  routes: [
    { method: "POST", path: "/v2/Flows/Validate", handle: validate },
    { method: "GET", path: "/v2/Flows/{Sid}/Revisions/{Revision}", handle: fetchRevision },
    { method: "GET", path: "/v2/Flows/{Sid}/TestUsers", handle: fetchTestUsers },
    { method: "POST", path: "/v2/Flows/{Sid}/TestUsers", handle: updateTestUsers },
    { method: "POST", path: executionResource.path, handle: createExecution },
    { method: "POST", path: executionResource.instancePath, handle: updateExecution },
    {
      method: "GET",
      path: `${executionResource.path}/{ExecutionSid}/Context`,
      handle: fetchExecutionContext,
    },
    { method: "GET", path: `${executionStepResource.path}/{StepSid}/Context`, handle: fetchStepContext },
  ],
};
