import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { fetchTestUsers, flow, updateTestUsers, validate } from "./flow.ts";
import { createExecution, execution, fetchExecutionContext, updateExecution } from "./execution.ts";
import { executionStep, fetchStepContext } from "./executionStep.ts";
import { fetchRevision, flowRevision } from "./flowRevision.ts";

export const studio: Product = {
  host: "studio",
  dialect: versioned,
  operations: operationsOf("studio.twilio.com"),
  resources: [flow, flowRevision, execution, executionStep],
  routes: [
    { method: "POST", path: "/v2/Flows/Validate", handle: validate },
    { method: "GET", path: "/v2/Flows/{Sid}/Revisions/{Revision}", handle: fetchRevision },
    { method: "GET", path: "/v2/Flows/{Sid}/TestUsers", handle: fetchTestUsers },
    { method: "POST", path: "/v2/Flows/{Sid}/TestUsers", handle: updateTestUsers },
    { method: "POST", path: execution.path, handle: createExecution },
    { method: "POST", path: execution.instancePath, handle: updateExecution },
    { method: "GET", path: `${execution.path}/{ExecutionSid}/Context`, handle: fetchExecutionContext },
    { method: "GET", path: `${executionStep.path}/{StepSid}/Context`, handle: fetchStepContext },
  ],
};
