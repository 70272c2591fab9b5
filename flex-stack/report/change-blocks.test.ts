import { describe, expect, test } from "@jest/globals";
import type { ChangeKind } from "../changes/resource-change.ts";
import { changeBlocks } from "./change-blocks.ts";
import type { Block } from "./document.ts";
import { changeOf, reportOf, statementOf } from "./report.fixture.ts";
import type { ReportedChange } from "./report.ts";
import { htmlDocument } from "./html.ts";
import { previewDocument } from "./preview-document.ts";
import { textDocument } from "./text.ts";

const plain = { columns: 100, style: (_: unknown, text: string) => text };
const change = (name: string, kind: ChangeKind, fields: Partial<ReportedChange> = {}) =>
  changeOf(name, { kind, ...fields });
const asItIs = { notes: ["takes over WQ1 as it is"] };
const lost = { meaning: [statementOf("x", { danger: true })] };

/** The blocks as text. */
const shown = (blocks: readonly Block[]) =>
  textDocument({ kind: "x", title: "T", blocks }, plain).split("\n").slice(1).join("\n").trim();
/** First cells of all tables, a `!` for a danger. */
const rows = (changes: readonly ReportedChange[], counts: Record<string, number> = { same: 1 }) =>
  changeBlocks({ changes, counts }).flatMap((block) =>
    block.kind === "table"
      ? block.rows.map(
          ({ tone, cells }) => `${tone === "danger" ? "! " : ""}${JSON.stringify(cells[1]?.[0])}`,
        )
      : [],
  );

describe("changes in a report", () => {
  test("go by what matters, whatever their types", () => {
    expect(
      rows([
        change("a", "adopt", { notes: ["takes over WQ1 and would change x"] }),
        change("b", "create"),
        change("c", "update"),
        change("d", "create", lost),
        change("e", "delete"),
        change("f", "buy"),
        change("g", "update", lost),
        change("h", "leave"),
      ]),
    ).toEqual([
      '! {"code":"d"}',
      '! {"code":"e"}',
      '! {"code":"f"}',
      '! {"code":"g"}',
      '{"code":"c"}',
      '{"code":"a"}',
      '{"code":"b"}',
      '{"code":"h"}',
    ]);
  });

  test("that only change hands are folded, under all others", () => {
    const changes = [change("a", "adopt", asItIs), change("b", "update"), change("c", "adopt", asItIs)];
    expect(shown(changeBlocks({ changes, counts: { same: 1 } }))).toBe(
      [
        "Change  Resource  What it means",
        "update  b b       written anew, with the same meaning",
        "",
        "2 taken over from Twilio as they are",
        "    a a",
        "    c c",
      ].join("\n"),
    );
  });

  test("of a first preview go component by component, that with a danger first", () => {
    const routing = { component: "flex-messaging:routing:TaskRouting" };
    const chat = { component: "flex-messaging:chat:ChatService" };
    const changes = [
      change("role", "create", chat),
      change("queue", "create", { ...routing, ...lost }),
      change("service", "adopt", { ...chat, ...asItIs }),
      change("alone", "create"),
    ];
    const titles = changeBlocks({ changes, counts: {} }).map((block) =>
      block.kind === "section" ? block.title.join("") : block.kind,
    );
    expect(titles).toEqual(["Task routing", "Chat service", "In no component"]);
    expect(rows(changes)).toEqual(['! {"code":"queue"}', '{"code":"role"}', '{"code":"alone"}']);
  });
});

describe("a danger", () => {
  const changes = [
    change("a", "update", { meaning: [statementOf("fine"), statementOf("bad", { danger: true })] }),
  ];
  const report = {
    ...reportOf("x"),
    result: "succeeded" as const,
    changes,
    routing: [],
    diagnostics: [],
    policies: [],
  };

  test("is marked once in a row of a page, which is not painted as a whole", () => {
    const [table = ""] = /<table[^]*<\/table>/.exec(htmlDocument(previewDocument([report]))) ?? [];
    expect(table.match(/danger/g)).toHaveLength(1);
    expect(table).toContain('<span class="mark danger" aria-hidden="true">!!</span>');
  });

  test("is told of each stack before the stacks", () => {
    const fine = { ...report, stack: "dev", changes: [], policies: [] };
    const document = previewDocument([fine, { ...report, stack: "prod", rulesRan: "off" }]);
    expect(shown(document.blocks.slice(0, 1))).toBe(
      [
        "Stack   Preview                                 Look twice at  Policies",
        "dev     1 to create, 2 to update, 30 unchanged  nothing        20 hold",
        "! prod  1 to create, 2 to update, 30 unchanged  a              left out",
      ].join("\n"),
    );
  });
});

test("a page says of each stack where it comes from, and a comment does not", () => {
  const origin = { stack: "prod", account: "AC1", commit: "0123456789", at: "2026-11-30T10:20:30.456Z" };
  const page = htmlDocument(previewDocument([{ ...reportOf("x"), origin }]));
  expect(page).toContain("<li>stack prod · account AC1 · commit 0123456789 · 2026-11-30 10:20 UTC</li>");
  expect(textDocument(previewDocument([{ ...reportOf("x"), origin }]), plain)).not.toContain("AC1");
});
