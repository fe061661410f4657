/**
 * The words of watched addresses in English: the pattern for the other languages.
 * @module
 */

/** English. Values in braces are filled in; objects with `other` are plural forms. */
export const en = {
  begin: {
    title: 'Watch this address',
    lead: 'A computer of this organisation can look there again and again, and tell you whether your picture is there.',
    meansTitle: 'What this means',
    knows:
      'It will know this address, and open it. Most of what you keep here it cannot read. This it has to.',
    together: 'It learns which of your fingerprints to look for there, and that they belong together.',
    often:
      'It looks after 1 hour and 6 hours, after 1, 2, 3 and 7 days, then each week, then each month. After about 14 months it ends.',
    seen: 'The site sees the network of this organisation and this name: {name}. It can guess that somebody asked. It does not see you.',
    keeps:
      'No picture is kept or shown. Kept are when it looked, what the site answered, and how near the match was.',
    limits:
      'It sees no film, nothing behind a log-in, and nothing that a page loads later. A site can show it another page than you see.',
    stop: 'You can stop with two taps. Then the address is erased there.',
    which: 'Which pictures to look for',
    start: 'Start watching',
    notNow: 'Not now',
    off: 'This organisation watches no addresses. You can look yourself, or ask somebody you trust to look.',
    codeFirst: 'A watch needs a code first, so that you can stop it.',
    toCode: 'Keep this with a code',
    pictureFirst: 'It looks for the fingerprints of your pictures, and you have none here yet.',
    toPicture: 'Protect a picture',
    full: 'A case watches 20 addresses. Stop one of them first.',
    address: 'This address cannot be watched: it is a search, a short link, or not open to all.',
    noRoom: 'As many addresses are watched here as there is room for. Nothing was kept.',
  },
  list: {
    title: 'Watched addresses',
    lead: 'You see where, and what to do. What was found is never shown here.',
    count: { one: '{n} address is watched', other: '{n} addresses are watched' },
    back: { one: 'It is back in {n} place', other: 'It is back in {n} places' },
    none: 'No address is watched',
    noneNote: 'On the page of a link you can have its address watched.',
    open: 'Go to this link',
  },
  states: {
    waiting: 'First look to come',
    unseen: 'Not seen there',
    there: 'Still there',
    away: 'Not seen last time',
    removed: 'Gone',
    back: 'It is back',
  },
  todo: {
    waiting: 'Nothing to do. The first look comes after about an hour.',
    unseen: 'Your turn, or that of somebody you trust: look there once.',
    there: 'Your turn: send the notice, if you have not. Then the place has to act.',
    away: 'Nothing to do. It looks once more after a day, to be sure.',
    removed: 'Nothing to do. It was not seen at two looks, a day or more apart.',
    back: 'Your turn: the words of the notice are ready.',
  },
  pages: {
    'not-looked': 'Nobody has looked yet.',
    gone: 'The page is gone.',
    blocked: 'The page let nobody in from here. Others may still see it.',
    'media-gone': 'The page is there. The picture is not.',
    'media-replaced': 'Another picture stands in its place.',
    unseen: 'The page is there. Your picture was not seen on it. It may load later, or behind a log-in.',
    unclear: 'The page is there. Not all of it could be compared.',
    unreachable: 'The page did not answer.',
    there: 'A picture there looks like yours.',
    back: 'A picture there looks like yours again.',
  },
  blocked: {
    law: 'The site says that a law keeps it back (451). It may do so in one country only.',
    login: 'One has to log in there.',
    refused: 'The site refused this organisation.',
    robots: 'The site asks programs not to look, and this one does not.',
  },
  found: {
    exact: 'It is the same file.',
    full: 'The whole picture looks like it. A fingerprint can be wrong.',
    window: 'A part of what is there looks like it. A fingerprint can be wrong.',
  },
  looks: { one: '{n} look so far', other: '{n} looks so far' },
  last: 'Last look: {when}',
  next: 'Next look: {when}',
  ended: 'This watch has ended. You can start it again.',
  gone: 'This address is not watched any more.',
  again: 'It is back: write the notice',
  stop: 'Stop watching',
  stopSure: 'Stop and erase',
  keep: 'Keep watching',
  stopped: 'Stopped. The address is erased there.',
};
