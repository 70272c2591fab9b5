import { statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { SetupFailure } from "./failure.mjs";

const MB = 1024 * 1024;

/**
 * Fails when a file system has too little room for what is about to be written to it.
 *
 * @param {string} what what can't be done
 * @param {{ dir: string, megabytes: number }[]} needs those on the same file system are added up
 */
export function requireSpace(what, needs) {
  /** @type {Map<number, { dirs: Set<string>, megabytes: number, free: number }>} */
  const devices = new Map();
  for (const { dir, megabytes } of needs) {
    const existing = nearestExisting(dir);
    const { dev } = statSync(existing);
    const { bavail, bsize } = statfsSync(existing);
    const device = devices.get(dev) ?? {
      dirs: new Set(),
      megabytes: 0,
      free: Math.floor((bavail * bsize) / MB),
    };
    device.dirs.add(existing);
    device.megabytes += megabytes;
    devices.set(dev, device);
  }
  for (const { dirs, megabytes, free } of devices.values()) {
    if (free < megabytes) {
      throw new SetupFailure({
        what,
        why: `${free} MB are free on the disk of ${[...dirs].join(", ")}, and about ${megabytes} MB are needed.`,
        fix: "Free some space there, and run the command again.",
      });
    }
  }
}

/** @param {string} dir */
export function nearestExisting(dir) {
  for (;;) {
    try {
      statSync(dir);
      return dir;
    } catch {
      if (dirname(dir) === dir) {
        return dir;
      }
      dir = dirname(dir);
    }
  }
}
