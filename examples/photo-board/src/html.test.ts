import assert from 'node:assert/strict';
import test from 'node:test';
import { html } from './html.ts';

test('text is escaped in elements and attributes, and finished HTML is not escaped again', () => {
  const inner = html`<b>${'<i>'}</b>`;
  assert.equal(
    html`<p title="${'" onload="x'}">${inner}${[inner, inner]}${undefined}${false}${3}</p>`.toString(),
    '<p title="&quot; onload=&quot;x"><b>&lt;i&gt;</b><b>&lt;i&gt;</b><b>&lt;i&gt;</b>3</p>',
  );
});

test('no text brings a tag, a quote or an entity of its own, and none is lost', () => {
  const nasty = [
    '<script>',
    '</p><p>',
    '"\'`',
    '&lt;',
    '&amp;amp;',
    '&#x3c;',
    '\u2028<\0>',
    '𝕏<𝕏>',
    '<<<>>>&&&',
    '',
  ];
  for (const text of nasty.flatMap((one) => nasty.map((two) => one + two))) {
    const escaped = html`${text}`.toString();
    assert.doesNotMatch(escaped, /[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
    const back = escaped
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    assert.equal(back, text);
  }
});
