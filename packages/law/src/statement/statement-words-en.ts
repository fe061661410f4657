/**
 * The words of a statement of reasons in English. Ours, plain, without blame; not reviewed by a lawyer.
 * @module
 */

import type { StatementWords } from './statement.ts';

/** The words. */
export const STATEMENT_WORDS_EN: StatementWords = {
  title: 'Why an item of yours is restricted',
  heading: {
    restriction: 'What we did',
    facts: 'What we found',
    automation: 'Automated means',
    ground: 'What the decision rests on',
    redress: 'If you disagree',
  },
  restriction: {
    DECISION_VISIBILITY_CONTENT_REMOVED: 'We removed an item that you posted.',
    DECISION_VISIBILITY_CONTENT_DISABLED: 'We disabled access to an item that you posted.',
    DECISION_VISIBILITY_CONTENT_DEMOTED: 'We show an item that you posted to fewer people.',
    DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED: 'We show an item that you posted to adults only.',
    DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED:
      'We restricted what others can do with an item that you posted.',
    DECISION_VISIBILITY_CONTENT_LABELLED: 'We put a label on an item that you posted.',
    DECISION_VISIBILITY_OTHER: 'We restricted an item that you posted.',
  },
  everywhere: 'This applies wherever the service is offered.',
  inCountries: (names) => `This applies in ${names}.`,
  from: (day) => `It applies from ${day}.`,
  until: (day) => `It ends on ${day}.`,
  lasting: 'It has no end date.',
  source: {
    notice: 'We acted after a notice.',
    'trusted-flagger': 'We acted after a notice of a trusted flagger.',
    report: 'We acted after a report.',
    'own-initiative': 'We acted on our own initiative, not after a notice.',
  },
  detection: {
    yes: 'The item was found by automated means: its fingerprint was compared with fingerprints of protected pictures.',
    no: 'The item was not found by automated means.',
  },
  decision: {
    no: 'A person took the decision.',
    partly: 'The decision was taken in part by automated means.',
    fully: 'The decision was taken by automated means alone.',
  },
  law: (cite) => `We consider the item illegal under ${cite}.`,
  terms: (clause) => `The item is not compatible with our terms: ${clause}.`,
  alsoIllegal: 'We also consider it illegal.',
  readHere: (url) => `The text can be read at ${url}`,
  why: {
    authentic: 'It shows a person in an intimate state or act, and was shared without that person’s consent.',
    deepfake:
      'It was made or altered by technology so that it appears to show a person in an intimate state or act, and was shared without that person’s consent.',
    'with-private-data':
      'It shows a person in an intimate state or act, was shared without that person’s consent, and was posted together with private data of that person.',
    'with-threat':
      'It shows a person in an intimate state or act, and was used to threaten, follow or press that person.',
    'sexual-against-terms': 'It shows sexual acts, which the terms do not allow here.',
    'nudity-against-terms': 'It shows nudity, which the terms do not allow here.',
    minor: 'It may show a minor in a sexual context.',
  },
  complain: (months) =>
    `You can complain to us, free of charge and electronically, within ${months} months from the day on which you were told; people decide on it, and not the one who took this decision.`,
  complainVoluntary: 'You can write to us and ask us to look again.',
  outOfCourt: 'You can turn to a certified out-of-court dispute settlement body.',
  court: 'You can go to court at any time.',
};
