import { readFileSync } from "node:fs";

/** A fenced block of a document. */
export interface Block {
  language: string;
  text: string;
}

/** The fenced blocks of a document, in order; indented ones, as in lists, too. */
export function blocks(file: URL): Block[] {
  const found = readFileSync(file, "utf8").matchAll(/^( *)```(\w+)\n(.*?)^\1```$/gms);
  return [...found].map(([, indent = "", language = "", text = ""]) => ({
    language,
    text: text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
}

/** The commands of a shell block, without comments. */
export function commands(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}
