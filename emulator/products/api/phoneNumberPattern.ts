/** Matches numbers that contain the given digits anywhere; `*` stands for any one digit, other characters for nothing. */
export function phoneNumberPattern(pattern: string): RegExp {
  return new RegExp(
    pattern
      .replace(/[^\d*+]/g, "")
      .replace(/\+/g, "\\+")
      .replace(/\*/g, "\\d"),
  );
}
