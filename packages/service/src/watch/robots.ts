/**
 * Whether a site's robots.txt lets this node look (RFC 9309).
 *
 * One robots.txt for each origin, kept in memory for a day (section 2.4), and for ten minutes where it could not be had. A file
 * that is not there allows everything (2.3.1.3); one that cannot be reached allows nothing (2.3.1.4), which is told apart from a
 * rule: the one is an outage, the other a wish. 429 is such an outage, though its number begins with 4.
 *
 * A rule with wildcards costs its length times that of the address, so a file may hold only so much; one that holds more is not
 * judged in part (a rule that was left out could be the one that counts): it allows nothing.
 * @module
 */

import robotsModule from 'robots-parser';
import { type GuardedRules, guardedFetch, type Leave } from './guarded-fetch.ts';

/** The name that rules can address. */
export const ROBOTS_NAME = 'ReclaimMonitor';

const KEPT_MS = 86_400_000;
const KEPT_UNREACHABLE_MS = 600_000;

/** Origins that are remembered; beyond them the oldest is forgotten. */
const MOST_ORIGINS = 500;

/** Bytes of a robots.txt, its lines, those with wildcards, and characters of one: section 2.5 asks for 500 KiB at least. */
const MOST_BYTES = 512_000;
const MOST_LINES = 10_000;
const MOST_WILD = 300;
const MOST_LINE = 1_000;

// A CommonJS module whose types speak of a default export: what it exports is the function itself.
const robotsParser = robotsModule as unknown as typeof robotsModule.default;

type Rules = (address: string) => boolean;
type Kept = { readonly until: number; readonly rules: Rules | 'unreachable' };

/** What a fetch of a robots.txt needs: everything but what is looked for. */
export type RobotsFetch = Omit<GuardedRules, 'allowed' | 'accept' | 'mostBytes' | 'since'>;

/** Reads and remembers the robots.txt of origins. */
export class Robots {
  readonly #kept = new Map<string, Kept>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether `url` may be fetched. */
  async leave(url: URL, how: RobotsFetch): Promise<Leave> {
    const kept = this.#kept.get(url.origin);
    const now = this.#now();
    const { rules } = kept !== undefined && kept.until > now ? kept : await this.#read(url.origin, how);
    if (rules === 'unreachable') return 'unreachable';
    return rules(url.href) ? 'allowed' : 'disallowed';
  }

  async #read(origin: string, how: RobotsFetch): Promise<Kept> {
    const rules = await readRules(`${origin}/robots.txt`, how);
    const now = this.#now();
    const kept = { rules, until: now + (rules === 'unreachable' ? KEPT_UNREACHABLE_MS : KEPT_MS) };
    this.#kept.delete(origin);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size < MOST_ORIGINS) break;
      this.#kept.delete(oldest);
    }
    this.#kept.set(origin, kept);
    return kept;
  }
}

async function readRules(address: string, how: RobotsFetch): Promise<Rules | 'unreachable'> {
  const answer = await guardedFetch(address, {
    ...how,
    accept: 'text/plain',
    mostBytes: MOST_BYTES,
    // Rules are not asked about rules.
    allowed: async () => 'allowed',
  });
  if (!answer.ok) return answer.reason === 'too-large' ? () => false : 'unreachable';
  if (answer.status === 429 || answer.status >= 500) return 'unreachable';
  if (answer.status !== 200 && answer.status !== 203) return () => true;
  return rulesOf(address, new TextDecoder().decode(answer.bytes));
}

/** The rules of a robots.txt at `address`, as a question about addresses of its origin. */
export function rulesOf(address: string, text: string): (wanted: string) => boolean {
  const lines = text.split(/\r\n|\r|\n/);
  const wild = lines.filter((line) => line.includes('*') && !/^\s*user-agent\s*:/i.test(line));
  if (lines.length > MOST_LINES || wild.length > MOST_WILD || lines.some((line) => line.length > MOST_LINE))
    return () => false;
  const parsed = robotsParser(address, text);
  // `undefined` is an address of another origin: nothing was said about it.
  return (wanted) => parsed.isAllowed(wanted, ROBOTS_NAME) ?? true;
}
