/**
 * `reclaim law check-notice`: what a notice still lacks, regime by regime. The notice is a person's: of it nothing is
 * printed, in no answer and in no error.
 * @module
 */

import { lackingElements, NOTICE_FORMS, signatureDoubt } from '@reclaim/law/duty/element';
import type { RegimeId } from '@reclaim/law/duty/rule';
import { partWords } from '@reclaim/law/page/duty-words';
import { answerTo, parseArguments, shownName } from './command.ts';
import { readInput } from './input-file.ts';
import { regimeNamed } from './law-name.ts';
import { parseNotice } from './notice-file.ts';
import { Problem } from './problem.ts';
import type { ExitStatus, Terminal } from './terminal.ts';

/** Bytes of a notice's file, at most: 10,000 links of the longest kind fit. */
const MOST = 24 * 1024 * 1024;

/** Runs the part; status 1 if any of the regimes asked for lacks an element that stops its clock. */
export async function runCheckNotice(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, { json: 'boolean', regime: 'string' });
  const [file, ...more] = words;
  if (file === undefined || more.length > 0) throw new Problem('law check-notice expects one file, or "-"');
  const wanted = options.regime === undefined ? undefined : regimeNamed(options.regime);
  const forms = NOTICE_FORMS.filter(({ regime }) => wanted === undefined || regime === wanted);
  if (forms.length === 0) throw new Problem('this regime has no notice of its own');
  let draft: ReturnType<typeof parseNotice>;
  try {
    draft = parseNotice(new TextDecoder('utf-8', { fatal: true }).decode(await readInput(io, file, MOST)));
  } catch (error) {
    const why = error instanceof Problem ? error.message : 'this is not UTF-8 text';
    throw new Problem(`${shownName(file)}: ${why}`, { cause: error });
  }
  const answer = answerTo(io, options.json === true);
  const regimes = forms.map(({ regime }) => regimeAnswer(regime, draft));
  for (const { regime, complete, lacks, signatureIsPseudonym } of regimes) {
    answer.line(`${regime}: ${complete ? 'complete' : 'its clock has not started'}`);
    for (const lack of lacks)
      answer.line(`  ${lack.blocks ? 'lacks' : 'could add'}  ${lack.words} (${lack.cite})`);
    if (signatureIsPseudonym) answer.line('  a pseudonym as signature may be refused here');
  }
  answer.document({ complete: regimes.every(({ complete }) => complete), regimes });
  return regimes.every(({ complete }) => complete) ? 0 : 1;
}

function regimeAnswer(regime: RegimeId, draft: ReturnType<typeof parseNotice>) {
  const lacks = lackingElements(regime, draft).map(({ element, blocks }) => ({
    element: element.id,
    words: partWords(element.part),
    blocks,
    cite: element.cite,
  }));
  return {
    regime,
    complete: lacks.every(({ blocks }) => !blocks),
    lacks,
    signatureIsPseudonym: signatureDoubt(regime, draft),
  };
}
