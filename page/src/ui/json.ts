import { html, type TemplateResult } from "lit";

/** A value as JSON, or a text that holds JSON. */
export function json(value: unknown): TemplateResult {
  const shown = typeof value === "string" ? pretty(value) : JSON.stringify(value, null, 2);
  return html`<pre class="json" tabindex="0" dir="ltr">${visible(shown ?? "undefined")}</pre>`;
}

/** Characters that turn the direction of what follows, as JSON may write them: they are seen, and turn nothing. */
function visible(text: string): string {
  return text.replace(
    /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}

/** JSON in lines; what is none stays as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The attributes that a resource keeps as a text. */
export function attributesOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}
