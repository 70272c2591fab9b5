export { agentRoleProblem, conversationNames } from "./agent.ts";
export { CleanUp } from "./clean-up.ts";
export { consolePage } from "./console-page.ts";
export { advice, diagnosisDocument } from "./diagnosis-document.ts";
export { type Diagnosis, diagnose } from "./diagnosis.ts";
export {
  type Finding,
  type Problem,
  type State,
  type StepName,
  conversationSteps,
  stepNames,
} from "./finding.ts";
export { healthDocument } from "./health/health-document.ts";
export { healthVerdict } from "./health/verdict.ts";
export { type Health, checks, health } from "./health/health.ts";
export { studioFlowOf } from "./find-execution.ts";
export { closingAlone, endingInteraction } from "./flex-conversations/closing.ts";
export { isFlexChat, serviceOf } from "./flex-conversations/collect-talk.ts";
export { openChats, type OldChat } from "./flex-conversations/old-chats.ts";
export { sessionEnding } from "./flex-conversations/session-ending.ts";
export { hidden, maskNumbers, withoutSecrets } from "./mask.ts";
export { proxyServiceIn } from "./number-handler.ts";
export { permitted } from "./permitted.ts";
export { autoCreationOf, bindingOf, opens } from "./reads/conversations.ts";
export { Reads } from "./reads/reads.ts";
export { openAccount } from "./open-account.ts";
export { Repair } from "./repair.ts";
export { stamp } from "./stamp.ts";
export { type FlowState, readStates, reachedBy } from "./studio-flow.ts";
export { type Subject, isSubjectSid, subjectPrefixes } from "./subject.ts";
