/**
 * HTML from templates in which every value is escaped: text in elements and in double-quoted attributes.
 *
 * Values never stand in a script, a style, a tag name or an unquoted attribute; the pages have no script at all.
 * @module
 */

/** HTML that is ready to be sent. Made by `html` alone. */
export class Html {
  readonly #text: string;

  /** Wraps finished HTML; only `html` calls this. */
  constructor(text: string) {
    this.#text = text;
  }

  /** The HTML as text. */
  toString(): string {
    return this.#text;
  }
}

/** What can stand in a template: text is escaped, `Html` is taken as it is, `undefined` and `false` are nothing. */
export type HtmlValue = string | number | Html | readonly Html[] | undefined | false;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function textOf(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'object') return value.join('');
  return String(value).replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

/** The template with its values escaped. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = parts[0]!;
  for (const [at, value] of values.entries()) text += textOf(value) + parts[at + 1]!;
  return new Html(text);
}
