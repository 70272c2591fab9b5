import type { Statement } from "../meaning/statement.ts";
import type { RoutingPicture } from "../meaning/workflow/routing-picture.ts";
import type { ReportedChange, StackReport } from "./report.ts";

/** A report that uses everything a report can hold, with one text in every place that comes from outside. */
export function reportOf(text: string): StackReport {
  return {
    stack: text,
    origin: { stack: text, account: text, commit: text, at: "2026-11-30T10:20:30Z" },
    result: "failed",
    counts: { create: 1, update: 2, same: 30 },
    changes: [
      changeOf(text, { kind: "create", meaning: [] }),
      changeOf(text, { kind: "replace", meaning: [statementOf(text)] }),
      changeOf(text, {
        meaning: [
          statementOf(text, { at: [text] }),
          statementOf(text, { at: [text], danger: true }),
          statementOf(text, { at: [text, text], replaces: true }),
          statementOf(text, { at: [], action: "consequence" }),
        ],
      }),
      changeOf(text, { kind: "adopt", meaning: [], notes: [text] }),
    ],
    diagnostics: [
      { severity: "error", message: text },
      { severity: "warning", message: text },
    ],
    policies: [
      { pack: text, rule: text, level: "mandatory", message: text, resource: text },
      { pack: text, rule: text, level: "advisory", message: text },
    ],
    rulesHeld: 20,
    routing: [pictureOf(text)],
  };
}

export function changeOf(text: string, fields: Partial<ReportedChange> = {}): ReportedChange {
  return { type: `twilio:${text}`, name: text, kind: "update", status: "planned", meaning: [], ...fields };
}

export function statementOf(text: string, fields: Partial<Statement> = {}): Statement {
  return {
    action: "change",
    at: [],
    text: [text, { code: text }, `${text}: `, { before: text }, " → ", { after: text }, { lost: text }],
    danger: false,
    replaces: false,
    ...fields,
  };
}

function pictureOf(text: string): RoutingPicture {
  return {
    workflow: text,
    entries: [
      { to: [text, text], by: "Chat and Proxy", flow: text },
      { to: [text], by: "Flex Conversations", flow: text },
    ],
    filters: [
      {
        name: text,
        expression: text,
        mark: "changed",
        targets: [
          { queue: text, conditions: [text, text], mark: "added" },
          { queue: text, conditions: [], mark: "removed", unserved: true },
        ],
        deadEnd: true,
      },
    ],
    otherwise: { queue: text, mark: "same", unserved: true },
    before: { filters: [], otherwise: { queue: null, mark: "same", lost: true } },
  };
}

/** Texts that mean something to markdown, GitHub, HTML, Mermaid or a terminal. */
export const hostile: readonly string[] = [
  "</details></table></pre></code><script>alert(1)</script>",
  "<!-- --><img src=x onerror=alert(1)>",
  "--> <!--",
  '" onmouseover="alert(1)',
  "a | b | c",
  "\\| \\` \\",
  "`a` ``b`` ```c```",
  "\n```\n# heading\n```mermaid\n",
  "a\n\nb\n- c\n\n    d",
  "\r\n| --- |\r\n",
  "**bold** _em_ ~~gone~~ __all__",
  "[a](javascript:alert(1)) ![b](http://evil.example/x.png) [c]: http://evil.example",
  "http://evil.example https://evil.example www.evil.example me@evil.example",
  "@team #1 owner/repo#2",
  "$`x`$ $$y$$ $z$",
  "# x",
  "- x",
  "+ x",
  "1. x",
  "1) x",
  "===",
  "---",
  "> x",
  "    x",
  '"]; click f0 "javascript:alert(1)"; x["',
  '%%{init: {"theme": "dark", "securityLevel": "loose"}}%%',
  "end\nsubgraph x",
  "#quot;#35;&quot;&#34;",
  "\u202egnp.exe \u2066x\u2069",
  "\u001b[2J\u001b]0;x\u0007\u009b31m",
  "a\u2028b\u2029c\u0000d",
  "x".repeat(5000),
  "",
];
