/**
 * What the portal never asks of the law, written into its copy of the functions while the pages are built, so that the code for it
 * is left out: rules with a second limit, business days, sites known to be hostile, routes for partners, regimes under which nobody
 * sends a notice. The law room and everybody else keep the whole functions.
 *
 * Each place must be found as it stands here, or the build stops: who changes a function of the law looks here once.
 * `portal/law-fixed.test.ts` plans, asks and counts with the copies and with the whole ones, and wants the same answers.
 * @module
 */

import { NONE_SEEN } from './law-tables.ts';

/** A text of a module, or every text of a shape, and what stands in its place. */
type Fixed = readonly [text: string | RegExp, instead: string];

const FIXED: Readonly<Record<string, readonly Fixed[]>> = {
  // No rule that a person sees has a limit from outside, or an event that takes the duty away: `law-tables.ts` refuses one.
  'duty/clock.ts': [
    ["own.kind === 'found' || rule.outer === undefined", 'true'],
    ['if (rule.outer === undefined) return own;', 'return own;'],
    // Nor does a page tell of a clock that was met by how much, or whether it was.
    [
      `  const after = (kind: EventKind | null | undefined): number | undefined =>
    endOf(kind, started.startMs, input);
  const cancelMs = after(rule.cancelledBy);
  const endMs = after(rule.ends);
  if (cancelMs !== undefined && (endMs === undefined || cancelMs < endMs)) {
    // A duty that was already breached stays breached: the court action came too late to take it away.
    if (dueMs === undefined || cancelMs <= dueMs) return { kind: 'cancelled', ...started, endMs: cancelMs };
  }
  if (endMs !== undefined) {
    if (dueMs === undefined || endMs <= dueMs) return { kind: 'met', ...started, endMs };
    return { kind: 'met-late', ...started, endMs, lateMs: endMs - dueMs };
  }
`,
      `  const ended = ({ kind, atMs }) => kind === rule.ends && atMs >= started.startMs && atMs <= input.nowMs;
  if (input.events.some(ended)) return { kind: 'met', ...started };
`,
    ],
    [
      `  if (found.kind === 'unconfirmed' || version.limit.kind === 'unknown') {
    return notStarted('unconfirmed', due?.dueMs);
  }
`,
      '',
    ],
    ['start.byOuter ? undefined : dueAfter', 'dueAfter'],
    [', byOuter: false }', ' }'],
    ['      notBeforeMs: due?.notBeforeMs,\n', ''],
    ['      proof: start.event.proof,\n', ''],
    // Why a clock has not started is for those who keep it.
    [
      `  const notStarted = (reason: NotStarted, wouldBeDueMs?: number): Clock => {
    return { kind: 'not-started', rule, version, reason, wouldBeDueMs };
  };
  if (start.kind === 'none') return notStarted(start.reason);
`,
      `  const notStarted = () => ({ kind: 'not-started', rule, version });
  if (start.kind === 'none') return notStarted();
`,
    ],
    [/return notStarted\([^)]+\);/g, 'return notStarted();'],
    [
      `    if (event.atMs > input.nowMs) reason = reason === 'no-event' ? 'event-in-future' : reason;
    else if (event.proof === null) reason = 'no-proof';
    else if (first === undefined || event.atMs < first.atMs) first = { ...event, proof: event.proof };
`,
      `    if (event.atMs <= input.nowMs && event.proof !== null && (first === undefined || event.atMs < first.atMs))
      first = event;
`,
    ],
    ["  let reason: 'no-event' | 'no-proof' | 'event-in-future' = 'no-event';\n", ''],
    ["first === undefined ? { kind: 'none', reason }", "first === undefined ? { kind: 'none' }"],
  ],
  // Nor business days, or the same day; where no moment can be computed nothing is returned.
  'duty/due.ts': [
    ["import { addBusinessDays } from '../holidays.ts';\n", ''],
    [
      `    case 'business-days': {
      const day = dayAt(startMs, zone);
      return {
        notBeforeMs: endOfDay(addBusinessDays(day, limit.notBefore, limit.calendar), zone) + 1,
        dueMs: endOfDay(addBusinessDays(day, limit.count, limit.calendar), zone),
      };
    }
    case 'same-day':
      return { dueMs: endOfDay(dayAt(startMs, zone), zone) };
    case 'words':
    case 'per-order':
    case 'until-event':
    case 'unknown':
      return undefined;
`,
      '',
    ],
  ],
  'duty/applicable.ts': [
    ["import { answerWithoutNotice } from './applicable-without-notice.ts';\n", ''],
    [
      `  if (facts.offeredIn !== 'world' && facts.offeredIn !== 'unknown' && !facts.offeredIn.every(isCountry)) {
    return { ok: false, reason: 'malformed-place' };
  }
`,
      '',
    ],
    ["      if (facts.accountHolder === false) return no(regime, 'no-account');\n", ''],
    [
      "return facts.accountHolder === 'unknown' ? maybe(regime, 'account-unknown') : lives;",
      "return maybe(regime, 'account-unknown');",
    ],
    [
      `    case 'au-osa':
    case 'eu-vaw':
    case 'it-garante':
    case 'us-2258a':
    case 'uk-nca':
      return answerWithoutNotice(regime, facts);
`,
      '',
    ],
    // Places are picked from lists that hold nothing else; that a part lies in its country is asked still.
    [
      `  const wellFormed =
    isCountry(facts.country) && (facts.subdivision === 'unknown' || isPart(facts.subdivision));
  if (!wellFormed) return { ok: false, reason: 'malformed-place' };
`,
      '',
    ],
    // Why a regime applies is told where a notice is checked, not where a way is chosen.
    [/\b(no|maybe)\((\w+(?:\.regime)?), '[a-z-]+'\)/g, '$1($2)'],
    [/reason: '[a-z]+-place' \}/g, '}'],
    ["  const lane = facts.minor === true ? 'child' : 'adult';\n", ''],
    ['return { ok: true, lane, regimes:', 'return { ok: true, regimes:'],
  ],
  'duty/applicable-link.ts': [
    [
      `  if (facts.offeredIn === 'unknown') return maybe(regime, 'place-unknown');
  if (facts.offeredIn.some((place) => places.includes(place))) {
    return { regime, answer: 'applies', because: 'service-offered-there' };
  }
  return facts.country === 'unknown' ? maybe(regime, 'place-unknown') : no(regime, 'not-linked');
`,
      "  return maybe(regime, 'place-unknown');\n",
    ],
    [/\b(no|maybe)\((\w+(?:\.regime)?), '[a-z-]+'\)/g, '$1($2)'],
    [
      "answer: 'applies', because: 'person-lives-there' };\n  if (facts.offeredIn",
      "answer: 'applies' };\n  if (facts.offeredIn",
    ],
    ["answer: 'does-not-apply', because }", "answer: 'does-not-apply' }"],
    ["answer: 'unknown', because }", "answer: 'unknown' }"],
    [
      "answer: 'applies', because: 'person-lives-there' };\n  const could",
      "answer: 'applies' };\n  const could",
    ],
  ],
  'duty/obligation-profile.ts': [
    [
      `    case 'search':
    case 'hosting':
    case 'preselected':
    case 'broadband':
    case 'mail':
      return false;
    default:
      return facts.kind satisfies never;
`,
      '    default:\n      return false;\n',
    ],
  ],
  // A place among what the service itself handed over is of the notice form alone.
  'duty/notice-draft.ts': [['draft.handedOver === true || ', '']],
  // The cut rows are those with a way in that somebody read of, for everybody.
  'channel/channel.ts': [
    [
      `  if (channel.confidence === 'K') return 'withheld';
  if (channel.addresses.length === 0 && channel.path === '') return 'address-unknown';
`,
      '',
    ],
  ],
  'channel/channel-order.ts': [
    ['  partner: 1,\n', ''],
    ['  none: 10,\n  unknown: 11,\n', ''],
    [
      `  const standing = standingOf(channel, day);
  if (standing === 'withheld' || standing === 'address-unknown') return false;
  if (channel.effect === 'none') return false;
`,
      '',
    ],
    ["  if (channel.effect === 'partner' && !facts.partner) return false;\n", ''],
    ["  if (channel.account === 'yes' && facts.hasAccount === false) return false;\n", ''],
    // As long as nobody opened an address and wrote down the title that was there, none is confirmed.
    ...(NONE_SEEN ? ([["standingOf(channel, day) !== 'checked'", 'true']] as const) : []),
  ],
  'channel/unknown-site.ts': [
    [
      `    if (facts.hostile && (each.id === 'own-route' || each.id === 'agent-directory')) return false;
    return each.id !== 'registrar' || facts.madeForAbuse;
  }).map((each) => {
    if (!facts.hostile || each.number < 7) return each;
    // Nothing of the site's own is waited for, so what came after its silence comes at once.
    return { ...each, withSupport: true, afterHours: each.afterHours === 24 ? 0 : each.afterHours };
  });
`,
      "    return each.id !== 'registrar';\n  });\n",
    ],
    [
      `SITE_STEPS.map((each, at) => ({
  ...each,
  number: at + 1,
  withSupport: false,
}));`,
      'SITE_STEPS;',
    ],
  ],
  'plan/platform-facts.ts': [[", smallEnterprise: 'unknown', veryLarge: false", '']],
  'plan/link-plan.ts': [
    ["    accountHolder: 'unknown',\n", ''],
    ["    hasAccount: 'unknown',\n", ''],
    ['    partner: false,\n', ''],
    [
      `            hostile: false,
            madeForAbuse: false,
            country: facts.country,
`,
      '',
    ],
    ['      each.addresses.length > 0 &&\n', ''],
  ],
  'plan/office-for.ts': [
    ["  'au-osa': ['esafety'],\n", ''],
    [".filter((each) => each.addresses.length > 0 && each.confidence !== 'K')\n", '\n'],
  ],
  // Of the times that may be shown none has two counts, or none; what is withheld is not in the rows.
  'right/person-clock.ts': [
    ["import { type Audience, showCell } from './display.ts';\n", ''],
    [
      `  const clocks = states.filter((each) => {
    const { state } = showCell(each.clock.lost, each.clock.id, audience);
    return state === 'shown' || state === 'marked';
  });
  return { clocks, instead: clocks.length === states.length ? '' : SOONER_WORDS };
`,
      '  return { clocks: states };\n',
    ],
    ["  if (row.counts.length === 0) return { kind: 'now', clock: row };\n", ''],
    [
      `  // A later-of rule needs every event; an earlier-of rule ends by what is known.
  const enough = row.join === 'later' ? ends.length === row.counts.length : ends.length > 0;
  if (!enough) return`,
      '  if (ends.length === 0) return',
    ],
    [
      `  const sorted = [...ends].sort();
  const bestBefore = row.join === 'later' ? sorted.at(-1)! : sorted[0]!;
`,
      '  const bestBefore = ends[0];\n',
    ],
    [', words: PASSED_WORDS }', ' }'],
    ['const order = { now: 0, running: 1,', 'const order = { running: 1,'],
  ],
  'duty/declaration.ts': [[', reviewed: false', '']],
  'link/link.ts': [
    ['const [platform, , , kind, note] = row;', 'const [platform, , , kind] = row;'],
    ["    note: note ?? '',\n", ''],
  ],
};

/**
 * The source of a module as the portal has it. `file` is its path in the law room.
 * @throws {RangeError} where a text is not found, or more than once
 */
export function fixedIn(file: string, code: string): string {
  return (FIXED[file] ?? []).reduce((whole, [text, instead]) => {
    if (text instanceof RegExp && text.test(whole)) return whole.replace(text, instead);
    const parts = whole.split(text);
    if (parts.length !== 2) throw new RangeError(`law-fixed: expected one ${String(text)} in ${file}`);
    return parts.join(instead);
  }, code);
}

/** The modules in which something is fixed. */
export const FIXED_FILES: readonly string[] = Object.keys(FIXED);
