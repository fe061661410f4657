/**
 * A package from what the desk holds: built in this page, from the files of the device by reference, and handed to the
 * browser to save. Loaded when somebody asks for one.
 * @module
 */

import verifyPageUrl from 'virtual:verify-page';
import { filesOf } from '@reclaim/vault/evidence/evidence-item';
import { enter, keepExport } from '@reclaim/vault/evidence/record-changes';
import { type ByteSource, blobSource, readWhole } from '@reclaim/vault/package/file-digest';
import { buildPackage, packagePieces } from '@reclaim/vault/package/package-build';
import { isPicture } from '@reclaim/vault/package/package-plan';
import type { StampSubject } from '@reclaim/vault/timestamp/stamp-subject';
import fontUrl from 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf?url';
import type { EvidenceDesk } from './evidence-desk.ts';
import { askStamps, type StampWorld } from './evidence-stamps.ts';
import type { EvidenceRefusal, MadePackage } from './evidence-state.ts';

/** What the person chose. */
export type ExportWish = {
  /** Pictures stay out, go in sealed to the case's key, or go in as they are. */
  readonly pictures: 'left-out' | 'sealed' | 'open';
  /** Ids of the items that go in; all of them where it is absent. */
  readonly items?: readonly string[];
  /** To whom it is handed over, in the person's words; absent where they keep it. */
  readonly to?: string;
  readonly language: string;
  readonly country: string | undefined;
};

/** Makes a package of everything on the desk, and notes it in the log. */
export async function exportPackage(
  desk: EvidenceDesk,
  world: StampWorld & { readonly version: string },
  wish: ExportWish,
): Promise<MadePackage | { readonly ok: false; readonly reason: EvidenceRefusal | 'offline' }> {
  await desk.takeLooks();
  await desk.stamp();
  const { record } = desk;
  if (record === undefined || record.items.length === 0) return { ok: false, reason: 'empty' };
  const [page, font] = await Promise.all([fetched(verifyPageUrl), fetched(fontUrl)]);
  if (page === undefined || font === undefined) return { ok: false, reason: 'offline' };
  const blobs = new Map<ByteSource, Blob>();
  const plain = new Map<string, ByteSource>();
  for (const [sha256, blob] of desk.files) {
    const source = blobSource(blob);
    blobs.set(source, blob);
    plain.set(sha256, source);
  }
  const chosen = record.items.filter(({ id }) => wish.items === undefined || wish.items.includes(id));
  const sealed = new Map<string, { readonly source: ByteSource }>();
  if (wish.pictures === 'sealed') {
    const pictures = chosen.flatMap(filesOf).filter((file) => file.role === 'original' && isPicture(file));
    const made = await desk.sealed(pictures.map(({ sha256 }) => sha256));
    if ('ok' in made) return { ok: false, reason: 'cannot-read' };
    for (const [sha256, blob] of made) {
      const source = blobSource(blob);
      blobs.set(source, blob);
      sealed.set(sha256, { source });
    }
  }
  const authorities = await desk.authorities();
  const hand = desk.hand();
  const building = await buildPackage({
    record,
    ...(wish.items === undefined ? {} : { items: wish.items }),
    files: { plain, sealed },
    originals: wish.pictures === 'open' ? 'open' : 'left-out',
    ...(wish.to === undefined ? {} : { to: wish.to }),
    language: wish.language,
    jurisdictions: wish.country === undefined ? [] : [wish.country],
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    generator: { name: 'reclaim portal', version: world.version },
    hand,
    random: world.random(40),
    verifyPage: page,
    stamp: (subject: StampSubject) => askStamps(world, authorities, subject),
    pdf: async (facts) => (await import('@reclaim/vault/package/report-pdf')).reportPdf(facts, font),
    onProgress: () => new Promise((resolve) => setTimeout(resolve)),
  });
  if (!building.ok) {
    const { reason } = building;
    return { ok: false, reason: reason === 'changed-file' ? 'cannot-read' : 'too-long' };
  }
  const pieces: BlobPart[] = [];
  for (const piece of packagePieces(building)) {
    if (piece instanceof Uint8Array) pieces.push(piece);
    else pieces.push(blobs.get(piece) ?? new Uint8Array(await readWhole(piece)));
  }
  const made = building.record.exports.at(-1)!;
  const reason = wish.to === undefined ? undefined : `to: ${wish.to}`;
  const action = wish.to === undefined ? 'exported' : 'shared-with';
  desk.entered((onto) => {
    const inside = onto.items.filter(({ id }) => made.items.includes(id));
    const entered = enter(onto, action, made.items, hand, reason, inside);
    return entered.ok ? { ok: true, record: keepExport(entered.record, made) } : entered;
  });
  const stored = building.manifest.items.flatMap((each) => each.stored);
  return {
    ok: true,
    name: building.name,
    blob: new Blob(pieces, { type: 'application/zip' }),
    digest: building.digest,
    stamped: building.stamped,
    leftOut: stored.filter(({ form }) => form === 'left-out').length,
  };
}

/** A part of this site, as bytes; `undefined` without the network. */
async function fetched(address: string): Promise<Uint8Array | undefined> {
  try {
    const response = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}
