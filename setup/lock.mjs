import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const HEARTBEAT = 5_000;
// A holder that has not been heard of for this long is gone: killed, or on a machine that stopped.
const STALE_AFTER = 60_000;
const RETRY_AFTER = 200;

/**
 * Runs something while no other process holds the same lock file. The lock of a process that died is taken over.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} action
 * @param {object} [options]
 * @param {AbortSignal} [options.signal] ends the wait
 * @param {(holder: string) => void} [options.onWait] told who holds the lock, when there is a wait
 * @returns {Promise<T>}
 */
export async function withLock(file, action, { signal, onWait } = {}) {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), at: process.hrtime.bigint().toString() });
  mkdirSync(dirname(file), { recursive: true });
  while (!take(file, mine)) {
    const holder = read(file);
    if (holder === undefined || (isStale(file, holder) && discard(file, holder))) {
      continue;
    }
    onWait?.(`process ${parse(holder)?.pid ?? "?"}`);
    await sleep(RETRY_AFTER, undefined, { signal });
  }
  const heartbeat = setInterval(() => touch(file), HEARTBEAT);
  heartbeat.unref();
  try {
    return await action();
  } finally {
    clearInterval(heartbeat);
    if (read(file) === mine) {
      rmSync(file, { force: true });
    }
  }
}

/**
 * @param {string} file
 * @param {string} mine
 */
function take(file, mine) {
  try {
    writeFileSync(file, mine, { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

/**
 * @param {string} holder
 * @returns {{ pid: number, host: string } | undefined}
 */
function parse(holder) {
  try {
    return JSON.parse(holder);
  } catch {
    return undefined; // its writer has not finished, or died before it did
  }
}

/**
 * @param {string} file
 * @param {string} holder
 */
function isStale(file, holder) {
  const parsed = parse(holder);
  if (parsed !== undefined && parsed.host === hostname() && !isAlive(parsed.pid)) {
    return true;
  }
  try {
    return Date.now() - statSync(file).mtimeMs > STALE_AFTER;
  } catch {
    return false; // given back meanwhile
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * Removes the lock of a dead holder, unless someone else has just done so and taken it.
 *
 * @param {string} file
 * @param {string} holder
 */
function discard(file, holder) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return true; // another process was faster
  }
  if (read(aside) === holder) {
    rmSync(aside, { force: true });
    return true;
  }
  renameSync(aside, file);
  return false;
}

/** @param {string} file */
function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // The lock was taken over while this process was suspended; what it does is safe to do twice.
  }
}
