import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { largestOf, MOST_PICTURES, picturesOfPage } from './page-pictures.ts';

const PAGE = new URL('https://site.example/posts/7?x=1');

function addresses(html: string): readonly string[] {
  return picturesOfPage(html, PAGE).pictures.map((each) =>
    each.kind === 'address' ? each.address : `inline ${each.bytes.length}`,
  );
}

test('the pictures that a page names are found in their order, once each, against its base', () => {
  assert.deepEqual(
    addresses(`<!doctype html><head>
      <meta property="og:image" content="/preview.jpg"><meta name="twitter:image" content="https://cdn.example/t.jpg">
      <link rel="image_src" href="/preview.jpg"><link rel="stylesheet" href="/style.css"></head>
      <img src=a.jpg><IMG SRC='//cdn.example/b.jpg#part' alt="x"><img data-src="c.webp">
      <picture><source srcset="d-1.avif 480w, d-2.avif 1080w"><img src="d.jpg" srcset="d-3.jpg 2x, d-4.jpg"></picture>
      <video poster="e.jpg" src="film.mp4"><source src="film.webm"></video>
      <input type="image" src="f.png"><img src="a.jpg">
      <a href="/other.jpg">no link is followed</a><iframe src="/frame"></iframe>`),
    [
      'https://site.example/preview.jpg',
      'https://cdn.example/t.jpg',
      'https://site.example/posts/a.jpg',
      'https://cdn.example/b.jpg',
      'https://site.example/posts/c.webp',
      'https://site.example/posts/d-2.avif',
      'https://site.example/posts/d.jpg',
      'https://site.example/posts/d-3.jpg',
      'https://site.example/posts/e.jpg',
      'https://site.example/posts/f.png',
    ],
  );
  assert.deepEqual(addresses('<base href="https://cdn.example/x/"><base href="/y/"><img src="a.jpg">'), [
    'https://cdn.example/x/a.jpg',
  ]);
});

test('what is in comments, scripts and text is no picture, and what is not of the web is left out', () => {
  assert.deepEqual(
    addresses(`<!-- <img src=a.jpg> --><script>"<img src=b.jpg>"</script><textarea><img src=c.jpg></textarea>
      <img src="blob:https://site.example/1"><img src="javascript:alert(1)"><img src="file:///etc/passwd"><img src="http://[">
      <img src=""><img><img src="data:image/svg+xml,%3Csvg/%3E"><img src="data:text/html;base64,AAAA">`),
    [],
  );
});

test('a picture in the page itself comes as its bytes', () => {
  assert.deepEqual(addresses('<img src="data:image/png;base64,AAAAAAAA">'), ['inline 6']);
});

test('beyond the most that a look takes pictures are counted, not fetched', () => {
  const html = Array.from({ length: MOST_PICTURES + 7 }, (_, at) => `<img src="${at}.jpg">`).join('');
  const { pictures, left } = picturesOfPage(html, PAGE);
  assert.deepEqual([pictures.length, left], [MOST_PICTURES, 7]);
});

test('of a srcset the largest candidate is taken, commas inside an address or after it stay what they are', () => {
  assert.equal(largestOf('a.jpg 1x, b.jpg 3x, c.jpg 2x'), 'b.jpg');
  assert.equal(
    largestOf('https://cdn.example/w_100,h_100/a.jpg 100w, b.jpg 90w'),
    'https://cdn.example/w_100,h_100/a.jpg',
  );
  assert.equal(largestOf('a.jpg, b.jpg 2x'), 'b.jpg');
  assert.equal(largestOf('a.jpg,\n b.jpg'), 'a.jpg');
  assert.equal(largestOf(' , ,'), undefined);
  assert.equal(largestOf(''), undefined);
  assert.equal(largestOf(' '.repeat(20_000)), undefined);
});

test('hostile pages end quickly and never throw: endless nesting, torn tags, any text', () => {
  for (const html of [
    '<div>'.repeat(500_000),
    '<img src='.repeat(200_000),
    `<img srcset="${'a, '.repeat(200_000)}">`,
    `<img ${'x="1" '.repeat(200_000)}src=a.jpg>`,
    '<!--'.repeat(200_000),
    '&'.repeat(1_000_000),
  ])
    assert.ok(picturesOfPage(html, PAGE).pictures.length <= MOST_PICTURES);
  const piece = fc.constantFrom(
    '<img ',
    'src=',
    'srcset="',
    '"',
    "'",
    '>',
    '<',
    '/',
    '\0',
    'data:image/png;base64,',
    ',',
    ' 2x',
    '<base href=',
    '<!--',
    ']]>',
    'é',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 40 }), (pieces) => {
      for (const each of picturesOfPage(pieces.join(''), PAGE).pictures)
        assert.ok(each.kind === 'inline' || /^https?:/.test(each.address));
    }),
    { numRuns: 300 },
  );
});
