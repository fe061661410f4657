/**
 * The sentences of what follows a notice in English. The words follow the statutes named in them; no lawyer has read them.
 * @module
 */

import type { FollowSentences } from './follow-sentences.ts';

/** English. */
export const FOLLOW_EN: FollowSentences = {
  reminder: {
    subject: 'Reminder: request to remove an intimate image',
    sent: (day, time) => `I sent you a request for removal on ${day} at ${time}.`,
    number: (number) => `Your number for it: ${number}`,
    due: (cite, day, time) => `Under ${cite} it was due by ${day}, ${time}.`,
    waiting: (days) => `That is ${days} days ago.`,
    still: 'The content is still there.',
    ask: 'Please remove it now and tell me that you did, or tell me your reasons. The text of my request follows.',
  },
  again: {
    subject: 'The same intimate image is back',
    back: (day) => `You removed this content before. On ${day} it was there again, at the addresses below.`,
    ask: 'Please remove it again, look for other copies, and stop the same file from being uploaded.',
  },
  appeal: {
    subject: 'Complaint about your decision on an intimate image',
    refused: (day) => `On ${day} you decided not to remove the content below.`,
    ask: 'I ask that a person looks at this decision again. The request and its declarations follow.',
    dsa: 'This is a complaint under Article 20 of Regulation (EU) 2022/2065, which is open for at least six months and may not be decided by automated means alone. Please also name the out-of-court bodies.',
  },
  complaint: {
    subject: (host) => `Complaint: ${host} did not remove an intimate image`,
    to: 'To the office in charge',
    about: (host) => `I complain about the service at ${host}.`,
    sent: (day, time) => `I sent it a request for removal on ${day} at ${time}.`,
    complete: (cite) => `The request held every element that ${cite} asks for.`,
    breached: (cite, day, time) => `Under ${cite} the service had to act by ${day}, ${time}. It did not.`,
    noNumber: (cite) => `${cite} asks the service to act without delay. It has not answered.`,
    refused: (day) => `The service refused on ${day}.`,
    ask: 'Please look into this, and have the content removed where you can.',
    proof: 'I keep the text of the request and the proof that it was sent, and can give you both.',
    quoted: 'The text of the request, as I sent it:',
  },
};
