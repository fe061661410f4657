/**
 * What a person reads beside a plan, in their language: traps, steps for an unlisted site, what to keep, what an office does.
 * The English table is the rows themselves; the others are translations that nobody reviewed. Keys are the ids of the rows; a
 * test counts that no row is missing in any language.
 * @module
 */

import type { NoticeLanguage } from '../notice/sentences.ts';

/** The texts of one language. */
export interface PlanWords {
  readonly language: NoticeLanguage;
  readonly traps: Readonly<Record<string, string>>;
  readonly steps: Readonly<Record<string, string>>;
  /** What to keep of everything, in the order of `KEEP_ALWAYS`. */
  readonly keepAlways: readonly string[];
  readonly keep: Readonly<Record<string, string>>;
  /** For whom an office is, when to go there and what it does, by its id. */
  readonly offices: Readonly<Record<string, string>>;
}
