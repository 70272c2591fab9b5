// What TaskRouter takes of a task, whoever asks for it.
export { maxPriority } from "../../../../routing/index.ts";

/** Seconds that a task waits at most: two weeks. */
export const maxTaskTimeout = 1_209_600;
