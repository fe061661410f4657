/**
 * `reclaim law`: the duties as rows, their clocks, and what a notice still lacks. Nothing is asked of a network.
 * @module
 */

import { limitWords } from '@reclaim/law/duty/due';
import { ELEMENTS } from '@reclaim/law/duty/element-row';
import { regimeById } from '@reclaim/law/duty/regime';
import { REGIMES } from '@reclaim/law/duty/regime-order';
import type { RegimeId, Rule } from '@reclaim/law/duty/rule';
import { rulesOf } from '@reclaim/law/duty/rules';
import { regimePage } from '@reclaim/law/page/regime-page';
import { SURENESS_WORDS } from '@reclaim/law/source';
import { answerTo, type Command, parseArguments } from './command.ts';
import { runCheckNotice } from './law-check-notice.ts';
import { runClocks } from './law-clocks.ts';
import { regimeNamed } from './law-name.ts';
import { nearestWord } from './nearest-word.ts';
import { Problem } from './problem.ts';
import type { ExitStatus, Terminal } from './terminal.ts';

const HELP = `reclaim law list|show|clocks|check-notice ... [--json]

The duties that the law sets, as rows with their sources. Not legal advice.

reclaim law list
    every regime and every duty: limit, since when, how it was read

reclaim law show REGIME
    the page of one regime, as in docs/law

reclaim law clocks REGIME|DUTY EVENT=TIME... [--now TIME] [--zone ZONE]
                   [--incomplete] [--no-contact]
    the clocks that these events start and end. A time is ISO 8601 with an
    offset, as in 2026-11-20T10:00-05:00 or 2026-11-20T15:00Z; the present
    if --now is not given
    --zone ZONE      where the service is (UTC)
    --incomplete     the notice lacks an element
    --no-contact     its sender left no electronic contact

reclaim law check-notice FILE [--regime REGIME]
    what a notice (JSON, "-" for standard input) still lacks under each regime;
    nothing of the notice is repeated

  --json   one document

Exit status: 0 done, complete, nothing late; 1 a notice lacks an element that
stops its clock, or a clock was breached; 2 bad use or bad input.
`;

/** The command. */
export const law: Command = { help: HELP, run: runLaw };

const PARTS: Readonly<Record<string, Command['run']>> = {
  list: runList,
  show: runShow,
  clocks: runClocks,
  'check-notice': runCheckNotice,
};

async function runLaw(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const [part, ...rest] = argv;
  const names = Object.keys(PARTS);
  if (part === undefined || part.startsWith('-')) {
    // An option first: the parts' own reader says what is wrong with it.
    if (part !== undefined) parseArguments(argv, { json: 'boolean' });
    throw new Problem(`law expects one of ${names.join(', ')}; see reclaim law --help`);
  }
  const run = Object.hasOwn(PARTS, part) ? PARTS[part] : undefined;
  if (run === undefined) {
    const nearest = nearestWord(part, names);
    const hint = nearest === undefined ? 'see reclaim law --help' : `did you mean "reclaim law ${nearest}"?`;
    throw new Problem(`law has no such part; ${hint}`);
  }
  return run(rest, io);
}

async function runList(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, { json: 'boolean' });
  if (words.length > 0) throw new Problem('law list takes no words; law show REGIME shows one');
  const answer = answerTo(io, options.json === true);
  for (const id of REGIMES) {
    const { title, jurisdiction } = regimeById(id);
    answer.line(`${id}  ${title} (${jurisdiction})`);
    for (const rule of rulesOf(id)) answer.line(`  ${rule.id.padEnd(22)} ${brief(rule)}`);
  }
  answer.document({
    regimes: REGIMES.map((id) => ({ ...regimeById(id), rules: rulesOf(id), elements: elementsOf(id) })),
  });
  return 0;
}

async function runShow(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, { json: 'boolean' });
  const [word, ...more] = words;
  if (word === undefined || more.length > 0)
    throw new Problem('law show expects one regime; law list has them');
  const id = regimeNamed(word);
  const answer = answerTo(io, options.json === true);
  answer.line(regimePage(regimeById(id)).trimEnd());
  answer.document({ ...regimeById(id), rules: rulesOf(id), elements: elementsOf(id) });
  return 0;
}

function brief({ versions }: Rule): string {
  const { limit, from, source } = versions.at(-1)!;
  const since = from === 'unknown' ? 'since unconfirmed' : `since ${from}`;
  return `${limitWords(limit)}; ${since}; ${SURENESS_WORDS[source.sureness]}`;
}

function elementsOf(id: RegimeId) {
  return ELEMENTS.filter(({ regime }) => regime === id);
}
