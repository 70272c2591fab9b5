export { CleanUp } from "./clean-up.ts";
export { diagnosisDocument } from "./diagnosis-document.ts";
export { type Diagnosis, diagnose } from "./diagnosis.ts";
export {
  type Finding,
  type Problem,
  type State,
  type StepName,
  conversationSteps,
  stepNames,
} from "./finding.ts";
export { closingAlone, endingInteraction } from "./flex-conversations/index.ts";
export { healthDocument } from "./health/health-document.ts";
export { type Health, checks, health } from "./health/health.ts";
export { hidden, maskNumbers } from "./mask.ts";
export { openAccount } from "./open-account.ts";
export { Repair } from "./repair.ts";
export { type Subject, isSubjectSid, subjectPrefixes } from "./subject.ts";
