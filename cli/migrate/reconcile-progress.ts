import type { Watcher } from "../../flex-stack/migrate/reconcile/index.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import { stepProgress, type StepProgress } from "../progress/step-progress.ts";

/** Shows how far a reconciliation is. */
export interface ReconcileProgress extends Required<Watcher> {
  onReplay(done: number, total: number): void;
  /** Takes away what moves. */
  finish(): void;
}

/** A bar for each part of the work where somebody watches; elsewhere a line when it takes long. */
export function reconcileProgress(terminal: Dialogue, isText: boolean): ReconcileProgress {
  let current: { name: string; bar: StepProgress; done: number } | undefined;
  const finish = (): void => {
    current?.bar.finish();
    current = undefined;
  };
  const show = (name: string, total: number, done: number, told: string): void => {
    if (current?.name !== name) {
      finish();
      current = { name, bar: stepProgress(terminal, isText, total, { name, told: `${told} …` }), done: 0 };
    }
    for (; current.done < done; current.done += 1) current.bar.next("");
  };
  show("texts", 1, 0, "Reading the Messages log");
  return {
    onTexts: () => undefined,
    onCustomers: (done, total) => show("customers", total, done, `Looking at ${total} customers`),
    onReplay: (done, total) => show("replay", total, done, `Putting in texts of ${total} customers`),
    finish,
  };
}
