import type { Phrase, Statement } from "../meaning/index.ts";
import type { Text } from "../report/document.ts";

/** A statement as what the stack and what the account says: nobody plans this, it was done. */
export function sidesOf({ action, at, text }: Statement): Text {
  const place = at.length > 0 ? [`${at.join(" › ")}: `] : [];
  const last = text.at(-1);
  if (action === "change" && text.at(-2) === " → ") {
    const [label, from] = [text.slice(0, -3), text.at(-3) ?? ""];
    return [...place, ...label, "stack says ", from, ", account says ", last ?? ""];
  }
  if (action === "add" && isSide(last, "after")) {
    return [...place, ...text.slice(0, -1), "only the account has ", last];
  }
  if (action === "remove" && isSide(last, "before")) {
    return [...place, ...text.slice(0, -1), "only the stack has ", last];
  }
  return [...place, ...text];
}

function isSide(phrase: Phrase | undefined, side: "before" | "after"): phrase is Phrase {
  return typeof phrase === "object" && side in phrase;
}
