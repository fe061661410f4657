/**
 * What a verification found, in sentences: English for a terminal, and the portal's languages for the page that verifies. A
 * sentence may name a file of the package, whose names are plain, and an item's id; never what stands in either.
 * @module
 */

import type { Finding, FindingKind } from './finding.ts';

/** The words of one language: a sentence for each finding, and how an item, a line and minutes are named. */
export type FindingWords = Readonly<Record<FindingKind | 'item' | 'line' | 'minutes', string>>;

/** English. */
export const en: FindingWords = {
  'archive-not-a-zip': 'this is not a package: there is no zip archive',
  'archive-truncated': 'the archive is cut short',
  'archive-too-large': 'the archive is larger than a package can be',
  'archive-too-many': 'the archive holds more files than a package can',
  'archive-bad-path': 'the archive holds a name that no package has (it could lead out of its folder)',
  'archive-repeated-path': 'the archive holds one name twice',
  'archive-compressed': 'the archive was packed again by another program; unpack it and verify the folder',
  'archive-out-of-order': 'the files of the archive are out of order',
  'archive-record-damaged': 'the archive’s directory was changed',
  'archive-head-damaged': 'the bytes before a file were changed',
  'archive-slack': 'the archive holds bytes that belong to nothing',
  'missing-file': 'a file is missing',
  'changed-file': 'the file is not the one that was put in',
  'unexpected-file': 'the file was added afterwards',
  'bad-path': 'a file has a name that no package has',
  'manifest-unreadable': 'the manifest was changed: it cannot be read any more',
  'signature-unreadable': 'the signature was changed: it cannot be read any more',
  'signature-wrong': 'the manifest is not what was signed',
  'item-changed': 'what the manifest says of an item does not agree with itself',
  'count-wrong': 'the manifest’s counts are wrong',
  'custody-unreadable': 'a line of the custody log was changed: it cannot be read any more',
  'custody-moved': 'a line of the custody log is missing or stands in another place',
  'custody-unlinked': 'a line of the custody log does not follow the one before it',
  'custody-signature': 'a line of the custody log is not what was signed',
  'custody-not-allowed': 'a line of the custody log says what cannot have been done at that point',
  'custody-truncated': 'the custody log is cut short',
  'custody-other-head': 'the custody log does not end as the manifest says',
  'custody-backwards': 'the device’s clock went backwards between two lines of the custody log',
  'custody-state': 'the custody log ends in a state of the items that is not this one',
  'stamp-unreadable': 'the time stamp was changed: it cannot be read any more',
  'stamp-refused': 'the authority refused to stamp',
  'stamp-other-bytes': 'the time stamp is of other bytes',
  'stamp-other-nonce': 'the time stamp answers another question',
  'stamp-signature': 'the time stamp is not what its authority signed',
  'stamp-not-an-authority': 'the time stamp is signed by a certificate that is not for stamping',
  'stamp-chain': 'the time stamp does not lead to its root',
  'stamp-subject': 'what was stamped was changed',
  'stamp-unrelated': 'the time stamp is of nothing in this package',
  'stamp-pending': 'a time stamp was asked for and had not come when the package was made',
  'stamp-untrusted': 'the time stamp is of an authority that you do not trust',
  'stamp-unknown-root':
    'the time stamp is whole; whether its root is to be trusted is for you to decide (--trust)',
  'stamp-clock': 'the device’s clock and the authority’s differ',
  'manifest-not-stamped': 'the manifest itself bears no time stamp',
  'sums-unreadable': 'the list of sums was changed: it cannot be read any more',
  'sums-wrong': 'the list of sums does not agree with the file',
  'file-left-out': 'a file was left out on purpose; its digest stands for it',
  'pdf-outside': 'the PDF is covered by the list of sums only, not by the signed manifest',
  item: 'item {id}',
  line: 'line {n}',
  minutes: '{n} minutes',
};

/** The sentence for a finding. */
export function findingSentence({ kind, path, item, number }: Finding, words: FindingWords = en): string {
  const counted = kind === 'stamp-clock' ? words.minutes : words.line;
  const of = [
    ...(path === undefined ? [] : [path]),
    ...(item === undefined ? [] : [words.item.replace('{id}', item)]),
    ...(number === undefined ? [] : [counted.replace('{n}', String(number))]),
  ];
  return `${of.length === 0 ? '' : `${of.join(', ')}: `}${words[kind]}`;
}
