/**
 * The words around the laws, in English: the pattern for the other languages. Loaded with that screen and not before. What a law
 * says stands in the rows of the law room, in their own language.
 * @module
 */

/** English. Values in braces are filled in; objects with `other` are plural forms. */
export const en = {
  title: 'Your rights',
  lead: 'What was read of the law of one country. A helper or a lawyer can tell what fits your case.',
  care: 'No lawyer has read this page, and it is not legal advice. Laws change often. Short words stand here for long laws. Each part says where it was read and when.',
  tongue: 'What the laws say stands here in the words of our notes.',
  country: 'The country of the law',
  pick: 'Choose a country',
  part: 'Which part',
  all: 'All parts that were read',
  parts: {
    'GB-EW': 'England and Wales',
    'GB-SCT': 'Scotland',
    'US-CA': 'California',
    'US-NY': 'New York',
    'US-TX': 'Texas',
    'US-FL': 'Florida',
    'CA-BC': 'British Columbia',
    'AU-NSW': 'New South Wales',
  },
  unpicked: 'No country chosen',
  unpickedNote: 'Choose one above. Your choice stays on this device.',
  none: 'Nothing was read of the law here',
  noneNote: 'So nothing is said of it. That does not mean that you have no rights. People who know can tell.',
  talk: 'People to talk to',
  risk: {
    first: 'Read this before you report',
    title: 'Know this before you decide',
    instead: 'What you can do',
    secondary:
      'Nobody here has read this in the law itself yet. It is a warning, so it stands here all the same.',
  },
  questions: {
    title: 'What many ask first',
    yes: 'Here the law names this: {laws}.',
    part: 'Here the law names this in part: {laws}.',
    unknown: 'For this place it is not confirmed here. That is no "no": ask people who know.',
    next: 'First',
    list: {
      threatened: {
        asked: 'They threaten to share it. Is that a crime already?',
        say: 'In some countries the threat alone is one. In others it can be extortion or coercion. You do not have to pay. Do not delete the messages.',
        next: 'Keep the messages as they are, then report the threat.',
      },
      fake: {
        asked: 'It is a fake, made by a computer. Does the law cover it?',
        say: 'Where that is not known, the place can still remove it, and the protection of your data still holds.',
        next: 'Ask the place for removal: its form takes fakes too.',
      },
      'sent-it-myself': {
        asked: 'I took it and sent it myself. Have I lost my rights?',
        say: 'No. Who agrees that a picture is taken or sent does not agree that it is shared.',
        next: 'Start with the links. Nobody asks there who took it.',
      },
      'how-long': {
        asked: 'How long do I have?',
        say: 'The shortest time comes first, and sooner is better. See "By when to complain" below.',
        next: 'Write down the day you learned of it, and the day you learned who did it.',
      },
      'unknown-poster': {
        asked: 'I do not know who did it, or the account is abroad.',
        say: 'Report now, and ask the place to keep its records. Some times start only when the name is known: write that day down.',
        next: 'Ask for the records and for removal in one notice.',
      },
      'my-name': {
        asked: 'Will my name become public? Will my family or my work hear of it?',
        say: 'In few places the law keeps your name out by itself. Elsewhere you have to ask for it, or it is not known.',
        next: 'Ask that your name stays out in the first sentence of a report.',
      },
      police: {
        asked: 'Do I have to show the pictures to the police?',
        say: 'Keep proof before it is removed. If somebody in it may be under 18, make no copy and ask the police first.',
        next: 'Write down what happened, in order. Every officer asks for that.',
      },
      'fast-order': {
        asked: 'Can a court or an office make them take it down fast?',
        say: 'In some places, and in some without a lawyer. Use the way of the place at the same time.',
        next: 'Send the notice to the place today, and ask the office too.',
      },
      money: {
        asked: 'Can I get money for this?',
        say: 'There is a limit and a cost, and who did it must be found.',
        next: 'Keep every bill and count every hour. Ask a lawyer or a legal aid office.',
      },
      'only-kept-or-made': {
        asked: 'It was not posted. It is only kept, or was made, or went to one friend.',
        say: 'Some laws cover that and some do not. You can ask in writing that it is deleted. A time to complain may run from now.',
        next: 'Write down what they have and since when you know. Then ask in writing that it is deleted.',
      },
    },
  },
  offences: 'When it is a crime',
  offencesNone: 'No law on this can be shown yet.',
  yes: 'The law names',
  partly: 'In part, or only in some cases',
  unknown: 'Not known for',
  deeds: {
    share: 'sharing a picture',
    threat: 'the threat to share it',
    synthetic: 'a picture that was faked',
    create: 'making a picture',
    possess: 'keeping a picture',
  },
  who: {
    'victim-only': 'Only you can start it, by a complaint.',
    'victim-or-public-interest':
      'You, by a complaint. The state can also start it when it sees a strong public interest.',
    anyone: 'Anybody can report it.',
  },
  cells: {
    intent: 'What must have been meant',
    penalty: 'What it threatens',
    whoText: 'Who can complain',
    limit: 'By when',
    since: 'Since when',
  },
  unconfirmed: 'Not confirmed here',
  expired: 'This was last checked more than 180 days ago. Ask before you rely on it.',
  source: 'Read in: {source}. Last checked on {day}.',
  withheld: {
    one: '{n} more law was found and is not shown. Nobody here has read enough of it in an official text.',
    other:
      '{n} more laws were found and are not shown. Nobody here has read enough of them in an official text.',
  },
  clock: {
    title: 'By when to complain',
    sooner: 'Some short times are not confirmed here. Sooner is better: ask people who know soon.',
    days: 'If you know a day, write it here. It stays in this page and is gone when you leave it.',
    event: {
      act: 'The day it was done',
      awareness: 'The day you learned of it',
      'offender-known': 'The day you learned who did it',
      evidence: 'The day enough proof was there',
    },
    bad: 'Write a day with its year.',
    months: {
      one: '{n} month, counted from the last of these days:',
      other: '{n} months, counted from the last of these days:',
    },
    earlier: 'What ends first counts.',
    later: 'What ends last counts.',
    now: 'It runs now.',
    waits: 'It does not run yet, as far as you wrote here. Missing:',
    before: 'Best before {day}.',
    passed: 'The usual time has passed. Other ways stay open. Ask before you give up.',
    each: 'Each person who did it has a time of their own.',
  },
  orders: 'What an office can order',
  claims: 'What you can ask for in court',
  ordersNone: 'Nothing on this is confirmed for this place yet.',
  report: 'Where to report',
  reportNone: 'Nothing on this is confirmed for this place yet. People who know can tell you where to go.',
  anonymity: 'Your name',
  police: 'What the police will ask for',
  policeNote: 'From pages for a few countries. In others they may ask for other things.',
  policeBefore: 'Before you go',
};
