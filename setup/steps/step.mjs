/**
 * @typedef {object} Step one part of the set-up
 * @property {string} name
 * @property {string} doing what it does, shown while it runs
 * @property {string} lock the file that keeps other set-ups from doing it at the same time
 * @property {() => boolean} isDone whether its result is there; takes milliseconds
 * @property {(progress: import("../report.mjs").Progress) => Promise<string>} run makes the result and returns what was done
 */
export {};
