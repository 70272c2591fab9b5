import { cuts, type Cut } from "./project.ts";

/** What became of the texts of one journey, in numbers. */
export interface Row {
  readonly seed: number;
  readonly cut: Cut;
  readonly andBack: boolean;
  readonly numberUrlToo: boolean;
  readonly sent: number;
  readonly lost: number;
  readonly doubled: number;
  readonly split: number;
  readonly replayed: number;
  readonly kills: number;
  readonly failures: number;
  /** What was not as it is announced. */
  readonly broken: readonly string[];
}

export const marks = [
  "<!-- migrations: written by npm run bench:migration -->",
  "<!-- end of migrations -->",
] as const;

/** The table of docs/migration.md: a row for each way of changing hands. */
export function migrationTable(rows: readonly Row[]): string {
  const kinds = cuts.flatMap((cut) =>
    [true, false].flatMap((numberUrlToo) => [false, true].map((andBack) => ({ cut, numberUrlToo, andBack }))),
  );
  const lines = kinds.flatMap((kind) => {
    const own = rows.filter(
      ({ cut, numberUrlToo, andBack }) =>
        cut === kind.cut && numberUrlToo === kind.numberUrlToo && andBack === kind.andBack,
    );
    if (own.length === 0) return [];
    const sum = (of: (row: Row) => number) =>
      own.reduce((total, row) => total + of(row), 0).toLocaleString("en");
    const cells = [
      `\`${kind.cut}\`${kind.andBack ? ", back once" : ""}`,
      kind.numberUrlToo ? "yes" : "no",
      own.length,
      sum(({ sent }) => sent),
      sum(({ lost }) => lost),
      sum(({ replayed }) => replayed),
      sum(({ lost, replayed }) => lost - replayed),
      sum(({ doubled }) => doubled),
      sum(({ split }) => split),
      `${sum(({ kills }) => kills)}, ${sum(({ failures }) => failures)}`,
    ];
    return [`| ${cells.join(" | ")} |`];
  });
  const head = [
    "Cut",
    "URL called, too",
    "Journeys",
    "Texts",
    "Lost at first",
    "Replayed",
    "Lost",
    "Doubled",
    "Split",
    "Kills, failed requests",
  ];
  return [`| ${head.join(" | ")} |`, `| ${head.map(() => "---").join(" | ")} |`, ...lines].join("\n");
}
