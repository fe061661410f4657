/**
 * The console's words about the misuse ladder, in English.
 * @module
 */

/** Their sentences. Other languages bear the same names. */
export const enMisuse = {
  'screen.misuse': 'Misuse',
  'misuse.title': 'Misuse',
  'misuse.lead':
    'Who often sends what is manifestly illegal or unfounded: warned first, then suspended for a time. A person does each step. Nobody is named here.',
  'misuse.policy':
    'Acts count for {windowDays} days. A warning needs {leastActs}, and stands for {warningDays} days. A suspension lasts at most {longestDays} days.',
  'misuse.none': 'Nobody is on the ladder',
  'misuse.noneNext': 'A reviewer counts an act on a decided job.',
  'misuse.kind.illegal-content': 'An account that posts illegal content',
  'misuse.kind.unfounded-notices': 'A sender of unfounded notices',
  'misuse.kind.unfounded-complaints': 'A sender of unfounded complaints',
  'misuse.state.clear': 'nothing counts',
  'misuse.state.counted': 'counted',
  'misuse.state.warned': 'warned',
  'misuse.state.suspended': 'suspended',
  'misuse.until': 'until {day}',
  'misuse.warnedUntil': 'the warning stands until {day}',
  'misuse.numbers': '{count} manifest of {all} in all, in {days} days',
  'misuse.acts': 'The acts',
  'misuse.warning': 'The warning',
  'misuse.suspension': 'The suspension',
  'misuse.gravity': 'Gravity',
  'misuse.gravityHint': 'How grave the acts are and what came of them. They read it. Name nobody.',
  'misuse.intention': 'Intention',
  'misuse.intentionHint': 'What shows that it is no mistake, as far as it can be seen. They read it.',
  'misuse.days': 'Days',
  'misuse.daysWrong': 'A whole number from 1 to {n}.',
  'misuse.reasonHint': 'At least 10 characters. Of an answer to an objection, they read it.',
  'misuse.objection.waits': 'They object. Somebody who did not suspend answers',
  'misuse.objection.answered': 'Their objection, and the answer: it stands',
  'misuse.disowned':
    'Somebody with this address says that what was counted was not theirs ({day}). Their notices are taken. Nobody verifies an address: is the suspension right?',
  'misuse.notYours': 'You suspended: another lead answers. You may lift it.',
  'misuse.step.warn': 'Warn',
  'misuse.step.suspend': 'Suspend',
  'misuse.step.uphold': 'Answer: it stands',
  'misuse.step.lift': 'Lift the suspension',
  'misuse.step.unwarn': 'Take the warning back',
  'misuse.send.warn': 'Send the warning',
  'misuse.send.suspend': 'Suspend now',
  'misuse.send.uphold': 'Send the answer',
  'misuse.send.lift': 'Take it back now',
  'misuse.effect.warn.sender':
    'They read it with the code of any of their notices: the numbers above and your words. Nothing is turned away yet.',
  'misuse.effect.warn.account':
    'Your platform reads it for the account and tells them: the numbers above and your words. Nothing is restricted yet.',
  'misuse.effect.suspend.sender':
    'From now on what they send of this kind is not taken. A notice of the person shown, for them, or of a minor always is. It ends by itself, and they can object.',
  'misuse.effect.suspend.account':
    'Your platform reads it for the account, suspends it and tells them. It ends by itself, and they can object.',
  'misuse.effect.uphold.sender': 'The suspension goes on to its day. They read your answer.',
  'misuse.effect.uphold.account': 'The suspension goes on to its day. They read your answer.',
  'misuse.effect.lift.sender': 'It ends at once. What was counted goes on counting.',
  'misuse.effect.lift.account': 'It ends at once. What was counted goes on counting.',
  'misuse.done': 'Done, and written to the log.',
  'misuse.count.illegal-content': 'Count this against the account',
  'misuse.count.unfounded-notices': 'Count this notice as unfounded',
  'misuse.count.unfounded-complaints': 'Count this complaint as unfounded',
  'misuse.countWords':
    'It is counted under a keyed hash of who sent it; you do not see who. Nobody is told before a lead warns. If the decision is taken back, it counts no more.',
  'misuse.manifest': 'Anybody sees at once that it is so',
  'misuse.manifestHint': 'Without analysis and without knowing the law. In doubt, it does not count.',
  'misuse.countSend': 'Count it',
  'misuse.counted': 'Counted.',
};
