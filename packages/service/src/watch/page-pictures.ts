/**
 * The pictures that a page names, one hop away and no further: `img`, its `srcset` and its lazy twins (`data-src`,
 * `data-srcset`), `source`, the poster of a `video`, `input type=image`, and what a page offers as its preview (`og:image`,
 * `twitter:image`, `link rel=image_src`). No link is followed, no style and no script is read, no frame is opened.
 *
 * The text is read by htmlparser2's tokenizer alone, once from end to end: no tree and no stack of open elements is kept, whose
 * cost a page could make grow with the square of its length. The length of the page was limited before. Addresses that are not of the web (`blob:`, `javascript:`) are left out; pictures that lie in the
 * page itself (`data:`) come as their bytes.
 * @module
 */

import { Tokenizer } from 'htmlparser2';

/** Pictures of one page that are looked at. */
export const MOST_PICTURES = 40;

/** Characters of a picture that lies in the page, and of any other address. */
const MOST_DATA = 4 * 1024 * 1024;
const MOST_ADDRESS = 4_000;

/** A picture that a page names: where it is, or its bytes where the page holds them. */
export type PagePicture =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'inline'; readonly bytes: Uint8Array };

/** The pictures in the order of the page, each address once, and how many more there were. */
export type PagePictures = { readonly pictures: readonly PagePicture[]; readonly left: number };

const PREVIEWS: ReadonlySet<string> = new Set([
  'og:image',
  'og:image:url',
  'og:image:secure_url',
  'twitter:image',
  'twitter:image:src',
]);

/** The pictures that `html`, fetched from `url`, names. Never throws, whatever the text. */
export function picturesOfPage(html: string, url: URL): PagePictures {
  const found = new Map<string, PagePicture>();
  const left = new Set<string>();
  let base = url;
  let based = false;
  const add = (text: string | undefined): void => {
    const address = text?.trim() ?? '';
    if (address === '') return;
    const picture = pictureAt(address, base);
    if (picture === undefined) return;
    const name = picture.kind === 'address' ? picture.address : address;
    if (found.has(name) || left.has(name)) return;
    if (found.size < MOST_PICTURES) found.set(name, picture);
    // Beyond ten thousand names nobody counts; the page is not wholly compared either way.
    else if (left.size < 10_000) left.add(name);
  };
  forEachTag(html, (name, attributes) => {
    const of = (attribute: string): string | undefined => attributes.get(attribute);
    switch (name) {
      case 'base': {
        // The first counts (HTML, section 4.2.3).
        const href = of('href');
        if (based || href === undefined) return;
        base = URL.parse(href, url.href) ?? url;
        based = true;
        return;
      }
      case 'img':
      case 'image':
        for (const attribute of ['src', 'data-src']) add(of(attribute));
        for (const attribute of ['srcset', 'data-srcset']) add(largestOf(of(attribute) ?? ''));
        return;
      case 'source':
        // One without srcset is of a sound or a film.
        for (const attribute of ['srcset', 'data-srcset']) add(largestOf(of(attribute) ?? ''));
        return;
      case 'video':
        add(of('poster'));
        return;
      case 'input':
        if (of('type')?.toLowerCase() === 'image') add(of('src'));
        return;
      case 'meta':
        if (PREVIEWS.has((of('property') ?? of('name') ?? '').toLowerCase())) add(of('content'));
        return;
      case 'link':
        if (of('rel')?.toLowerCase() === 'image_src') add(of('href'));
        return;
      default:
    }
  });
  return { pictures: [...found.values()], left: left.size };
}

const WANTED: ReadonlySet<string> = new Set([
  'base',
  'img',
  'image',
  'source',
  'video',
  'input',
  'meta',
  'link',
]);

/** Calls back for each wanted opening tag with its attributes, names in lower case; of an attribute given twice the first. */
function forEachTag(
  html: string,
  onTag: (name: string, attributes: ReadonlyMap<string, string>) => void,
): void {
  let tag: string | undefined;
  let attributes = new Map<string, string>();
  let attribute = '';
  let value: string[] = [];
  const end = (): void => {
    if (tag !== undefined) onTag(tag, attributes);
    tag = undefined;
  };
  const nothing = (): void => undefined;
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname: (from, to) => {
        const name = html.slice(from, to).toLowerCase();
        tag = WANTED.has(name) ? name : undefined;
        attributes = new Map();
      },
      onattribname: (from, to) => {
        if (tag === undefined) return;
        attribute = html.slice(from, to).toLowerCase();
        value = [];
      },
      onattribdata: (from, to) => {
        if (tag !== undefined) value.push(html.slice(from, to));
      },
      onattribentity: (point) => {
        if (tag !== undefined) value.push(String.fromCodePoint(point));
      },
      onattribend: () => {
        if (tag !== undefined && !attributes.has(attribute)) attributes.set(attribute, value.join(''));
      },
      onopentagend: end,
      onselfclosingtag: end,
      onclosetag: nothing,
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onend: nothing,
      onprocessinginstruction: nothing,
      ontext: nothing,
      ontextentity: nothing,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}

function pictureAt(address: string, base: URL): PagePicture | undefined {
  if (/^data:/i.test(address)) return inlinePicture(address);
  if (address.length > MOST_ADDRESS) return undefined;
  const url = URL.parse(address, base.href);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  url.hash = '';
  return { kind: 'address', address: url.href };
}

/** The bytes of a `data:` address (RFC 2397) of a picture in base64; other codings hold drawings. */
function inlinePicture(address: string): PagePicture | undefined {
  if (address.length > MOST_DATA) return undefined;
  const comma = address.indexOf(',');
  const head = address.slice(0, comma);
  if (comma < 0 || !/^data:image\/[a-z0-9.+-]{1,40}(;[^,;]{0,60}){0,4};base64$/i.test(head)) return undefined;
  if (/^data:image\/svg/i.test(head)) return undefined;
  return { kind: 'inline', bytes: Buffer.from(address.slice(comma + 1), 'base64') };
}

/**
 * The largest candidate of a `srcset` (HTML, section 4.8.4.2.1): all of them are one picture in several sizes. Commas may stand
 * inside an address; one at its end closes the candidate.
 */
export function largestOf(srcset: string): string | undefined {
  let best: string | undefined;
  let most = -1;
  let rest = srcset.slice(0, 20_000);
  for (;;) {
    rest = rest.slice(rest.search(/[^\s,]/));
    const [text = ''] = /^\S+/.exec(rest) ?? [];
    const address = text.replace(/,+$/, '');
    if (address === '') return best;
    rest = rest.slice(text.length);
    let size = 1;
    if (text === address) {
      // Its descriptors, up to the next comma.
      const end = rest.indexOf(',');
      size = Number.parseFloat(end < 0 ? rest : rest.slice(0, end)) || 1;
      rest = end < 0 ? '' : rest.slice(end);
    }
    if (size > most) {
      best = address;
      most = size;
    }
  }
}
