/**
 * Pages of a package: whole documents of their own, with their one stylesheet inside, no script, nothing to fetch, and
 * every foreign text escaped.
 * @module
 */

/** A text for an HTML page; characters that steer the direction of writing are taken out, since they can hide what stands there. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g, '')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Nothing may be fetched or run by a page of a package, whatever a text in it holds. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE = `
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 28px; line-height: 1.25 } h2 { font-size: 22px; margin-top: 2rem } h3 { font-size: 18px }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 }
th, td { text-align: start; vertical-align: top; padding: 4px 8px; border: 1px solid #8888; overflow-wrap: anywhere }
th { font-weight: 600 } thead th { background: #8882 }
code, .sum { font-family: ui-monospace, monospace; font-size: 14px; overflow-wrap: anywhere }
.sign { border-bottom: 1px solid; min-height: 2.5rem; margin-top: 2rem }
@media (max-width: 40rem) { table.wide, table.wide tbody, table.wide tr, table.wide td { display: block }
  table.wide thead { position: absolute; left: -9999px } table.wide tr { margin-bottom: 1rem } }
@media print { body { max-width: none; margin: 0 } h2 { break-after: avoid } tr { break-inside: avoid } }
`;

/** A whole page. `body` is HTML that was escaped already. */
export function htmlPage(language: string, title: string, body: string): string {
  const direction = /^(ar|fa|he|ur)\b/.test(language) ? 'rtl' : 'ltr';
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

/** A table of two columns: names and values, each value text or, where it is a list, its lines. */
export function factsTable(
  rows: readonly (readonly [string, string | readonly string[] | undefined])[],
): string {
  const cells = rows
    .filter(([, value]) => value !== undefined && value.length > 0)
    .map(([name, value]) => {
      const lines = typeof value === 'string' ? [value] : (value ?? []);
      return `<tr><th scope="row">${escapeHtml(name)}</th><td>${lines.map((each) => `<bdi>${escapeHtml(each)}</bdi>`).join('<br>')}</td></tr>`;
    });
  return `<table><tbody>\n${cells.join('\n')}\n</tbody></table>`;
}
