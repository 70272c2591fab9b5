import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";

/** A terminal that keeps what it was told. */
export function collect(): { terminal: Dialogue; out: string[] } {
  const out: string[] = [];
  const tell = (text = "") => void out.push(text);
  const style = (_: unknown, text: string) => text;
  const ask = () => Promise.reject(new Error("Nobody answers."));
  return {
    out,
    terminal: { live: false, interactive: false, columns: 80, print: tell, complain: tell, style, ask },
  };
}
