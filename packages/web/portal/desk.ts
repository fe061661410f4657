/**
 * The desk of a visit: fetches the working parts when they are first needed (so that the first page stays light), hands
 * files to the fingerprint worker one after the other, and tells the reducer of picks how far each is. Files and object
 * addresses live here and nowhere else, and `clear` lets go of all of them at once.
 * @module
 */

import type { BrowserEvidence } from './core/evidence-browser.ts';
import type { EvidenceView } from './core/evidence-state.ts';
import type { Fingerprinter } from './core/fingerprint.ts';
import type { PortalSession } from './core/session.ts';
import type { CodeMade, SessionView } from './core/session-state.ts';
import type { Under18 } from './journey.ts';
import type { Part, PickEvent } from './picks.ts';

/** The desk. */
export type Desk = {
  /** The session, fetched on first use. Rejects when its code cannot be fetched. */
  readonly session: () => Promise<PortalSession>;
  /** Tells the session the answer about age; without a session it is told when there is one. */
  readonly setUnder18: (answer: Under18) => void;
  /** Starts fetching the working parts, quietly. */
  readonly warmUp: () => void;
  /** Fingerprints files; `labels` are what the pictures are called. */
  readonly choose: (files: readonly File[], labelOf: (order: number) => string, exact: boolean) => void;
  /** Measures another part of a picture; `undefined` is the whole. */
  readonly measure: (id: string, part: Part | undefined, label: string) => void;
  /** The code of this visit: drawn once, the same on every return to it until it was sent. */
  readonly code: () => Promise<CodeMade>;
  readonly stop: (id: string) => void;
  readonly remove: (id: string) => void;
  /** An address of the file that only this page can open; `undefined` when it is gone. */
  readonly addressOf: (id: string) => string | undefined;
  /** To be called once the case lies under another code. */
  readonly codeChanged: () => Promise<void>;
  /** Evidence, its code fetched on first use. Rejects when that cannot be fetched. */
  readonly evidence: () => Promise<BrowserEvidence>;
  /** Any sign of the person: puts the lock off. */
  readonly touch: () => void;
  /** Has `forget` called whenever pictures are forgotten: for a screen with files of its own. Answers how to end that. */
  readonly onClear: (forget: () => void) => () => void;
  /** Forgets the pictures, keeps the case. */
  readonly clearPictures: () => void;
  /** Forgets everything at once. */
  readonly clear: () => void;
};

type Kept = {
  readonly file: File;
  readonly exact: boolean;
  address: string | undefined;
  stop: AbortController | undefined;
  pictureId: string | undefined;
};

/** A desk that tells `onPick` about pictures and `onView` about the case. */
export function createDesk(
  onPick: (event: PickEvent) => void,
  onView: (view: SessionView) => void,
  onEvidence: (view: EvidenceView | undefined) => void,
): Desk {
  const kept = new Map<string, Kept>();
  let under18: Under18;
  let session: PortalSession | undefined;
  let arriving: Promise<PortalSession> | undefined;
  let printing: Promise<typeof import('./core/fingerprint.ts')> | undefined;
  let fingerprinter: Fingerprinter | undefined;
  const forgetting = new Set<() => void>();
  let count = 0;
  let code: Promise<CodeMade> | undefined;

  let evidence: BrowserEvidence | undefined;
  let evidenceArriving: Promise<BrowserEvidence> | undefined;

  const dropEvidence = () => {
    evidence?.clear();
    evidence = undefined;
    evidenceArriving = undefined;
    onEvidence(undefined);
  };

  const putAway = () => {
    drop();
    for (const forget of forgetting) forget();
    code = undefined;
    onPick({ kind: 'cleared' });
  };

  let away = false;
  let keeping = false;
  const seen = (view: SessionView) => {
    // A locked page holds no file, no address of one and no code, whatever screen it was on.
    const locked = view.kind === 'locked' || view.lost;
    if (locked && !away) {
      putAway();
      dropEvidence();
    }
    away = locked;
    onView(view);
    // The end of a keeping that failed is no reason for the next: without a network that would go in a circle.
    const kept = keeping;
    keeping = view.busy?.what === 'evidence';
    // A case that was just opened takes what was added before it.
    if (!kept && view.kind === 'open' && view.busy === undefined && evidence?.desk.unsaved === true)
      void evidence.desk.keep();
    // What a lock kept goes to a desk as soon as the code brought it back. Where that does not come it waits in the session.
    if (!locked && view.busy === undefined && session?.holdsRecord === true)
      getEvidence().then(
        ({ desk }) => desk.keep(),
        () => undefined,
      );
  };

  const getEvidence = (): Promise<BrowserEvidence> => {
    evidenceArriving ??= import('./core/evidence-browser.ts').then(
      ({ createBrowserEvidence }) => {
        evidence = createBrowserEvidence(getSession, onEvidence);
        getSession().then(
          (held) => held.readyForEvidence(),
          () => undefined,
        );
        return evidence;
      },
      (error: unknown) => {
        evidenceArriving = undefined;
        throw error;
      },
    );
    return evidenceArriving;
  };

  const getSession = (): Promise<PortalSession> => {
    arriving ??= import('./core/browser-session.ts').then(
      ({ createBrowserSession }) => {
        session = createBrowserSession();
        session.subscribe(seen);
        session.holdEvidence(() => evidence?.desk.unkept);
        if (under18 !== undefined) session.setUnder18(under18);
        onView(session.view);
        return session;
      },
      (error: unknown) => {
        // The next press tries again.
        arriving = undefined;
        throw error;
      },
    );
    return arriving;
  };

  // One loading for all: two of the same module may arrive in either order, and pictures would change places.
  const getPrinting = () => {
    printing ??= import('./core/fingerprint.ts').catch((error: unknown) => {
      printing = undefined;
      throw error;
    });
    return printing;
  };

  const measure: Desk['measure'] = async (id, part, label) => {
    const entry = kept.get(id);
    if (entry === undefined) return;
    entry.stop?.abort();
    const stop = new AbortController();
    entry.stop = stop;
    const live = () => kept.get(id) === entry && !stop.signal.aborted;
    onPick({ kind: 'phase', id, phase: 'reading' });
    try {
      const [held, { createFingerprinter }] = await Promise.all([getSession(), getPrinting()]);
      const printer = fingerprinter ?? createFingerprinter();
      fingerprinter = printer;
      const outcome = await printer.fingerprint(entry.file, {
        exact: entry.exact,
        ...(part === undefined ? {} : { crop: part }),
        signal: stop.signal,
        onPhase: (phase) => {
          if (live()) onPick({ kind: 'phase', id, phase });
        },
      });
      if (kept.get(id) !== entry) return;
      if (!outcome.ok) return onPick({ kind: 'stopped', id, reason: outcome.reason });
      if (entry.pictureId !== undefined) held.removePicture(entry.pictureId);
      entry.pictureId = undefined;
      const { pdq, sha256 } = outcome;
      const added = held.addPicture({ label, pdq, ...(sha256 === undefined ? {} : { sha256 }) });
      if (!added.ok) return onPick({ kind: 'stopped', id, reason: added.reason });
      entry.pictureId = added.id;
      const proposed = outcome.crop.kind === 'screenshot' ? outcome.crop.rect : undefined;
      const { width, height } = outcome;
      onPick({
        kind: 'done',
        id,
        made: { pictureId: added.id, hash: outcome.pdq.value, width, height, proposed, part },
      });
    } catch {
      if (live()) onPick({ kind: 'stopped', id, reason: 'network' });
    }
  };

  const forget = (entry: Kept) => {
    entry.stop?.abort();
    if (entry.address !== undefined) URL.revokeObjectURL(entry.address);
    if (entry.pictureId !== undefined) session?.removePicture(entry.pictureId);
  };

  const drop = () => {
    for (const entry of kept.values()) {
      entry.stop?.abort();
      if (entry.address !== undefined) URL.revokeObjectURL(entry.address);
    }
    kept.clear();
    fingerprinter?.dispose();
    fingerprinter = undefined;
  };

  return {
    session: getSession,
    setUnder18: (answer) => {
      under18 = answer;
      if (answer !== undefined) session?.setUnder18(answer);
      // S40: what was added for an adult is not to be looked at, or put into a package, after another answer.
      if (answer !== 'no') dropEvidence();
    },
    warmUp: () => {
      void getSession().catch(() => undefined);
    },
    choose: (files, labelOf, exact) => {
      // S40: without the answer "no" no file is touched, whoever calls.
      if (under18 !== 'no') return;
      const ids = files.map((file) => {
        count += 1;
        const id = `pick-${count}`;
        kept.set(id, { file, exact, address: undefined, stop: undefined, pictureId: undefined });
        return id;
      });
      onPick({ kind: 'chosen', ids });
      for (const [order, id] of ids.entries()) void measure(id, undefined, labelOf(order));
    },
    measure,
    code: () => {
      code ??= getSession()
        .then((held) => held.makeCode())
        .then((made) => {
          if (!made.ok) code = undefined;
          return made;
        });
      code.catch(() => {
        code = undefined;
      });
      return code;
    },
    stop: (id) => kept.get(id)?.stop?.abort(),
    remove: (id) => {
      const entry = kept.get(id);
      kept.delete(id);
      if (entry !== undefined) forget(entry);
      onPick({ kind: 'removed', id });
    },
    addressOf: (id) => {
      const entry = kept.get(id);
      if (entry === undefined) return undefined;
      entry.address ??= URL.createObjectURL(entry.file);
      return entry.address;
    },
    codeChanged: async () => {
      code = undefined;
      await evidence?.desk.moved();
    },
    evidence: getEvidence,
    touch: () => session?.touch(),
    onClear: (forget) => {
      forgetting.add(forget);
      return () => {
        forgetting.delete(forget);
      };
    },
    clearPictures: putAway,
    clear: () => {
      putAway();
      dropEvidence();
      session?.wipe();
      session = undefined;
      arriving = undefined;
    },
  };
}
