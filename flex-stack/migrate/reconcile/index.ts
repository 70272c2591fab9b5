export { findLines, type Lines } from "./lines.ts";
export { numberOf } from "./number.ts";
export { type Done, nothingDone, type Outcome, outcomeOf, toldText } from "./outcome.ts";
export { contentOf, outcomeDocument } from "./outcome-document.ts";
export { type Reconciliation, resultOf } from "./reconciliation.ts";
export { reconcile, type Subject, type Watcher } from "./reconcile.ts";
export { finish, replay, type Replayed } from "./replay.ts";
export { type Replay, type ReplayPlan, planReplay } from "./replay-plan.ts";
export { servicesOf, usualService } from "./services.ts";
