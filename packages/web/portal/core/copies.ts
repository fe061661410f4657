/**
 * Marking and tracing from the page: a worker that lives for one task, the list of it all in one file, and the witness.
 * Loaded when somebody asks for it.
 * @module
 */

import { digestBytes } from '@reclaim/vault/package/file-digest';
import { parsePackagePath } from '@reclaim/vault/package/package-path';
import { directoryBytes, inOrder, layOut, localHead } from '@reclaim/vault/package/zip-layout';
import { base64 } from '@reclaim/vault/text-bytes';
import { parseRegistry, registryText, withStamp } from '@reclaim/watermark/registry';
import type { CopiesMessage, CopiesTask, MadeCopy, MarkOutcome, TraceOutcome } from './copies-task.ts';
import workerUrl from './copies-worker.ts?worker&url';
import type { KnownAuthority } from './evidence-stamps.ts';
import { startWorker } from './trusted-worker.ts';

/** A task under way. */
export type CopiesWork<Outcome> = {
  readonly outcome: Promise<Outcome>;
  /** Ends the worker, and with it every picture; the outcome is then `stopped`. */
  readonly stop: () => void;
};

/** How far it is: 0..1 of one phase. */
export type CopiesProgress = (phase: 'original' | 'copies' | 'suspect', part: number) => void;

/** Marks a copy for each name. */
export function markCopies(
  task: Omit<CopiesTask & { kind: 'mark' }, 'kind'>,
  onProgress: CopiesProgress,
): CopiesWork<MarkOutcome> {
  return work<MarkOutcome>({ kind: 'mark', ...task }, onProgress, (reason) => ({
    kind: 'stopped',
    file: 'original',
    reason,
  }));
}

/** Asks which copy each suspect derives from, and what they say together. */
export function traceCopies(
  task: Omit<CopiesTask & { kind: 'trace' }, 'kind'>,
  onProgress: CopiesProgress,
): CopiesWork<TraceOutcome> {
  return work<TraceOutcome>({ kind: 'trace', ...task }, onProgress, (reason, at) => ({
    kind: 'stopped',
    file: at === 'suspect' ? 'suspect' : 'original',
    reason,
  }));
}

function work<Outcome extends MarkOutcome | TraceOutcome>(
  task: CopiesTask,
  onProgress: CopiesProgress,
  stopped: (reason: 'no-memory' | 'stopped', at: 'original' | 'copies' | 'suspect') => Outcome,
): CopiesWork<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const worker = startWorker(workerUrl);
  let at: 'original' | 'copies' | 'suspect' = 'original';
  const end = (outcome: Outcome) => {
    worker.terminate();
    resolve(outcome);
  };
  worker.onmessage = (event: MessageEvent<CopiesMessage>) => {
    const message = event.data;
    if (message.kind === 'done') return end(message.outcome as Outcome);
    at = message.phase;
    onProgress(message.phase, message.part);
  };
  worker.onerror = (event) => {
    // What went wrong is not shown: an error's text may quote the file.
    event.preventDefault();
    end(stopped('no-memory', at));
  };
  worker.postMessage(task);
  return { outcome: promise, stop: () => end(stopped('stopped', at)) };
}

/** All copies in one file, stored as they are; the names of persons are not in it. */
export async function zipOfCopies(copies: readonly MadeCopy[]): Promise<Blob> {
  const files = await Promise.all(
    copies.map(async ({ file, blob }) => {
      const { bytes, crc32 } = digestBytes(new Uint8Array(await blob.arrayBuffer()));
      return { path: parsePackagePath(file), bytes, crc32, blob };
    }),
  );
  const ordered = inOrder(files);
  const layout = layOut(ordered);
  const pieces: BlobPart[] = layout.places.flatMap((place, at) => [localHead(place), ordered[at]!.blob]);
  return new Blob([...pieces, directoryBytes(layout)], { type: 'application/zip' });
}

/** The registry with the answers of authorities on one entry. */
export function stampedRegistry(
  text: string,
  seq: number,
  answers: readonly { readonly authority: string; readonly reply: string }[],
): string {
  const read = parseRegistry(text);
  if (!read.ok) return text;
  const stamped = answers.reduce(
    (registry, { authority, reply }) => withStamp(registry, seq, { authority, token: reply }),
    read.registry,
  );
  return registryText(stamped);
}

/** When an authority that this service trusts witnessed the line (ISO 8601); `undefined` where none did. */
export async function witnessedAt(
  line: string,
  stamps: readonly { readonly authority: string; readonly token: string }[],
  authorities: readonly KnownAuthority[],
): Promise<string | undefined> {
  if (stamps.length === 0 || authorities.length === 0) return undefined;
  const [{ readToken }, { readCertificates }] = await Promise.all([
    import('@reclaim/vault/timestamp/timestamp-token'),
    import('@reclaim/vault/timestamp/pem'),
  ]);
  const times: string[] = [];
  for (const { authority, token } of stamps)
    for (const known of authorities.filter(({ id }) => id === authority))
      try {
        const roots = readCertificates(known.roots);
        const reading = await readToken(base64.decode(token), {
          data: new TextEncoder().encode(line),
          roots,
        });
        if (reading.ok) times.push(reading.at);
      } catch {
        // A token or a list that cannot be read witnesses nothing.
      }
  return times.sort()[0];
}
