import { describe, expect, test } from "@jest/globals";
import type { Expression } from "./ast.ts";
import { ExpressionError } from "./error.ts";
import { maxNesting, parseExpression } from "./parser.ts";
import { printExpression } from "./printer.ts";

/** The error an expression gives, or undefined. */
function failure(source: string): ExpressionError | undefined {
  try {
    parseExpression(source);
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}

describe("reads", () => {
  const cases: readonly (readonly [source: string, canonical: string])[] = [
    ["1==1", "1 == 1"],
    ["1 = 1", "1 == 1"],
    ["'apple' != \"orange\"", '"apple" != "orange"'],
    ["object.param != 'apple'", 'object.param != "apple"'],
    ["object.array[0] == 'a'", 'object.array[0] == "a"'],
    ["matrix[0][1].x >= 1.50", "matrix[0][1].x >= 1.5"],
    ['language IN ["en", "es"]', 'language IN ["en", "es"]'],
    ["language<-['en']", 'language IN ["en"]'],
    ["language not  in []", "language NOT IN []"],
    [
      "skills HAS 'support' AND (languages has 'english')",
      'skills HAS "support" AND languages HAS "english"',
    ],
    ["skills >- 'support'", 'skills HAS "support"'],
    ["level>-1", "level HAS 1"],
    ["level > -1", "level > -1"],
    ["name contains 'x'", 'name CONTAINS "x"'],
    ["a == NULL", "a == null"],
    ["a ! = 'x'", 'a != "x"'],
    ["a > = 1 AND b <\t= 2", "a >= 1 AND b <= 2"],
    ["a = = 1", "a == 1"],
    ["worker.routing.levels.988en > 1", "worker.routing.levels.988en > 1"],
    ["988en HAS 'x' AND 2nd.3rd == 1", '988en HAS "x" AND 2nd.3rd == 1'],
    ["levels.988 == a[0].1e5", "levels.988 == a[0].1e5"],
    ["1==1AND 2==2or 3 == 3", "(1 == 1 AND 2 == 2) OR 3 == 3"],
    ["a == 12 AND 12a == 1", "a == 12 AND 12a == 1"],
    ["a == True or b == false", "a == true OR b == false"],
    ["a==1 AND b==2 OR c==3", "(a == 1 AND b == 2) OR c == 3"],
    ["a==1 AND (b==2 OR c==3)", "a == 1 AND (b == 2 OR c == 3)"],
    ["(a==1 AND b==2) AND c==3", "a == 1 AND b == 2 AND c == 3"],
    ["((a==1))", "a == 1"],
    ["task.in == worker.has", "task.in == worker.has"],
    ["task.targetWorker\n== worker.contact_uri", "task.targetWorker == worker.contact_uri"],
    ["a == 'it\\'s'", 'a == "it\'s"'],
    ["a == 'say \"hi\"'", "a == 'say \"hi\"'"],
    ["a == 'C:\\dir'", 'a == "C:\\\\dir"'],
  ];
  test.each(cases)("%s", (source, canonical) => {
    expect(printExpression(parseExpression(source))).toBe(canonical);
  });

  test("positions that cover the source, parentheses included", () => {
    const source = "(a == 1 OR b.c[0] == 2) AND d IN ['x']";
    const expression = parseExpression(source);
    const slices: string[] = [];
    const visit = (node: Expression): void => {
      slices.push(source.slice(node.start, node.end));
      if (node.kind === "comparison") {
        for (const operand of [node.left, node.right]) slices.push(source.slice(operand.start, operand.end));
      } else node.operands.forEach(visit);
    };
    visit(expression);
    expect(slices).toEqual([
      source,
      "(a == 1 OR b.c[0] == 2)",
      "a == 1",
      "a",
      "1",
      "b.c[0] == 2",
      "b.c[0]",
      "2",
      "d IN ['x']",
      "d",
      "['x']",
    ]);
  });
});

describe("refuses", () => {
  const rest = "AND, OR or the end of the expression";
  const constant = "a string, number, true, false or null";
  const cases: readonly (readonly [source: string, position: number, expected: string, hint?: RegExp])[] = [
    ["", 0, "OPERAND"],
    ["  ", 2, "OPERAND"],
    ["active", 6, "OPERATOR", /compare/],
    ["active AND b == 1", 7, "OPERATOR", /compare/],
    ["customer-value == 1", 8, "OPERATOR", /hyphen/],
    ["level-1 == 2", 5, "OPERATOR", /hyphen/],
    ["a == customer-value", 13, rest, /hyphen/],
    ["a == 1 AND", 10, "OPERAND"],
    ["a == 1 b", 7, rest],
    ["a == 1)", 6, rest],
    ["(a == 1", 7, "AND, OR or )"],
    ["a == 'x", 7, "'", /character 6 is not closed/],
    ["a && b", 2, "OPERATOR", /write AND/],
    ["a == 1 || b == 1", 7, rest, /write OR/],
    ["!a == 1", 0, "OPERAND", /no NOT/],
    ["NOT a == 1", 0, "OPERAND", /no NOT/],
    ["a NOT HAS 1", 6, "IN"],
    ["in == 1", 0, "OPERAND", /IN is an operator/],
    ["a['x'] == 1", 2, "an array index such as 0", /quoted/],
    ["a[-1] == 1", 2, "an array index such as 0"],
    ["a[0 == 1", 4, "]"],
    ["a. == 1", 3, "an attribute name"],
    ["a == = 1", 5, "OPERAND", /write ==$/],
    ["a === 1", 4, "OPERAND", /write ==$/],
    ["a !== 1", 4, "OPERAND", /write !=$/],
    ["a <> 1", 3, "OPERAND", /write !=$/],
    ["a => 1", 3, "OPERAND", /write >=$/],
    ["a =< 1", 3, "OPERAND", /write <=$/],
    ["a > > 1", 4, "OPERAND", /operators are/],
    ["a ! IN ['x']", 2, "OPERATOR", /no NOT/],
    ["988-en == 1", 3, "OPERATOR"],
    ["a == 1.5en", 8, rest, /starts with a digit/],
    ["a IN [b]", 6, constant],
    ["a IN ['x',]", 10, constant],
    ["a IN ['x' 'y']", 10, ", or ]"],
    ["a == ‘x’", 5, "OPERAND", /straight quotes/],
    ["a == 1e5", 6, rest, /no exponent/],
    [`a == ${"9".repeat(400)}`, 5, "a smaller number"],
    [`${"(".repeat(maxNesting + 1)}a == 1`, maxNesting + 1, `at most ${maxNesting} nested parentheses`],
  ];
  test.each(cases.map(([source, ...rest]) => [source, rest] as const))(
    "%s",
    (source, [position, expected, hint]) => {
      const error = failure(source);
      expect(error?.position).toBe(position);
      expect(error?.expected).toBe(expected);
      if (hint) expect(error?.hint).toMatch(hint);
      else expect(error?.hint).toBeUndefined();
    },
  );

  test("with a caret under the character, on its own line", () => {
    expect(failure("a == 1 AND\n\tb-c == 2")?.render()).toBe(
      '\tb-c == 2\n\t ^ unexpected "-" at character 14, expecting OPERATOR ' +
        "(TaskRouter can't read keys with a hyphen; rename the attribute, for example with _ instead of -)",
    );
  });

  test("nothing that is nested as deep as allowed", () => {
    const source = `${"(".repeat(maxNesting)}a == 1${")".repeat(maxNesting)}`;
    expect(printExpression(parseExpression(source))).toBe("a == 1");
  });
});
