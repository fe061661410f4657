/**
 * Place, camera and date of an original, for a marked copy whose owner asks to keep them.
 *
 * Reads Exif (JEITA CP-3451, a TIFF 6.0 structure) by a list of what is taken: nothing else of it goes along. A thumbnail or
 * a maker's note would show the unmarked picture, an author's name would tell whose it is, an orientation would turn pixels
 * that stand upright already.
 * @module
 */

/** What is kept, by directory and name as `sharp` writes them; all as text. */
export type KeptExif = Readonly<Record<'IFD0' | 'IFD2' | 'IFD3', Readonly<Record<string, string>>>>;

type Tags = ReadonlyMap<number, string>;

const CAMERA: Tags = new Map([
  [0x010f, 'Make'],
  [0x0110, 'Model'],
  [0x0132, 'DateTime'],
]);
const TAKEN: Tags = new Map([
  [0x9003, 'DateTimeOriginal'],
  [0x9004, 'DateTimeDigitized'],
  [0x9010, 'OffsetTime'],
  [0x9011, 'OffsetTimeOriginal'],
]);
const PLACE: Tags = new Map([
  [1, 'GPSLatitudeRef'],
  [2, 'GPSLatitude'],
  [3, 'GPSLongitudeRef'],
  [4, 'GPSLongitude'],
  [6, 'GPSAltitude'],
  [7, 'GPSTimeStamp'],
  [29, 'GPSDateStamp'],
]);

/** Where the directories of a picture's taking and of its place are named. */
const POINTERS = { taken: 0x8769, place: 0x8825 } as const;

/** Entries of a directory, and bytes of a value, that are looked at. */
const MOST_ENTRIES = 200;
const MOST_VALUE = 200;

/** What is kept of Exif bytes (with or without the six that begin it in a JPEG); empty where it cannot be read. */
export function keptExif(bytes: Uint8Array): KeptExif {
  const start = bytes[0] === 0x45 && bytes[1] === 0x78 ? 6 : 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, Math.max(0, bytes.byteLength - start));
  const none: KeptExif = { IFD0: {}, IFD2: {}, IFD3: {} };
  if (view.byteLength < 8) return none;
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return none;
  const little = order === 0x4949;
  if (view.getUint16(2, little) !== 42) return none;
  const first = directory(view, view.getUint32(4, little), little);
  const at = (tag: number) => first.find((entry) => entry.tag === tag)?.value[0];
  return {
    IFD0: taken(first, CAMERA),
    IFD2: taken(directory(view, Number(at(POINTERS.taken) ?? 0), little), TAKEN),
    IFD3: taken(directory(view, Number(at(POINTERS.place) ?? 0), little), PLACE),
  };
}

/** Whether there is anything. */
export function isEmpty(exif: KeptExif): boolean {
  return Object.values(exif).every((part) => Object.keys(part).length === 0);
}

type Entry = { readonly tag: number; readonly value: readonly string[] };

/** Bytes of a value of these types: ASCII 2, SHORT 3, LONG 4, RATIONAL 5. Others are passed over. */
const SIZES: ReadonlyMap<number, number> = new Map([
  [2, 1],
  [3, 2],
  [4, 4],
  [5, 8],
]);

function directory(view: DataView, offset: number, little: boolean): readonly Entry[] {
  if (offset < 8 || offset + 2 > view.byteLength) return [];
  const count = Math.min(MOST_ENTRIES, view.getUint16(offset, little));
  const entries: Entry[] = [];
  for (let n = 0; n < count; n++) {
    const at = offset + 2 + 12 * n;
    if (at + 12 > view.byteLength) break;
    const type = view.getUint16(at + 2, little);
    const size = SIZES.get(type);
    const length = view.getUint32(at + 4, little) * (size ?? 0);
    if (size === undefined || length === 0 || length > MOST_VALUE) continue;
    const from = length <= 4 ? at + 8 : view.getUint32(at + 8, little);
    if (from + length > view.byteLength) continue;
    entries.push({ tag: view.getUint16(at, little), value: valuesAt(view, type, from, length, little) });
  }
  return entries;
}

function valuesAt(
  view: DataView,
  type: number,
  from: number,
  length: number,
  little: boolean,
): readonly string[] {
  if (type === 2) {
    const text = Array.from({ length }, (_, i) => view.getUint8(from + i));
    const end = text.indexOf(0);
    const shown = text.slice(0, end < 0 ? length : end);
    // Plain printable ASCII, as the format asks; anything else is no date and no camera.
    return shown.every((code) => code >= 0x20 && code < 0x7f) ? [String.fromCharCode(...shown).trim()] : [];
  }
  const size = SIZES.get(type)!;
  return Array.from({ length: length / size }, (_, i) => {
    const at = from + i * size;
    if (type === 3) return String(view.getUint16(at, little));
    if (type === 4) return String(view.getUint32(at, little));
    return `${view.getUint32(at, little)}/${view.getUint32(at + 4, little)}`;
  });
}

function taken(entries: readonly Entry[], tags: Tags): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entries.flatMap(({ tag, value }) => {
      const name = tags.get(tag);
      const text = value.join(' ');
      return name === undefined || text === '' ? [] : [[name, text] as const];
    }),
  );
}
