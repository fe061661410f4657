/**
 * The words of marked copies, in English: the pattern for the other languages. Loaded with those screens and not before.
 *
 * A match is said of a file, never of a person, and what it does not show stands beside it every time.
 * @module
 */

/** English. Values in braces are filled in; objects with `other` are plural forms. */
export const en = {
  hub: {
    make: 'Prepare copies before you send a picture',
    makeNote: 'Each person gets a copy with its own hidden mark.',
    trace: 'A picture got out: which copy is it',
    traceNote: 'You need the picture as you had it, and the list that was made then.',
    limits:
      'A mark cannot be put into a picture that was sent already. A picture that was drawn anew by a program, or made very small, may not show its mark any more.',
  },
  make: {
    title: 'Prepare copies',
    lead: 'All of it happens on this device. Nothing is sent, and no name leaves it.',
    original: 'Choose the picture',
    originalHint: 'One picture. It stays here.',
    chosen: 'A picture is chosen.',
    names: 'Who gets a copy',
    namesHint: 'One name on each line. Use words that only you need to understand.',
    namesNone: 'Write at least one name.',
    namesTwice: 'The same name stands there twice. Change one of them.',
    namesMany: 'Up to 200 names at a time.',
    namesLong: 'Names can have up to 120 letters.',
    earlier: 'Add to an earlier list',
    earlierHint: 'Only if you made copies of a picture before and want one list.',
    earlierInCase: 'The list in your case is gone on with, unless you choose another.',
    earlierChosen: 'An earlier list is chosen.',
    go: 'Make the copies',
    working: { original: 'Reading the picture', copies: 'Making the copies', suspect: 'Looking' },
    done: 'Your copies',
    doneLead: 'They look the same. Give each person only their own.',
    list: 'Save the list',
    listNote:
      'Save this first. Without the list and the picture as you chose it, nobody can tell copies apart, not even you. Keep both in two safe places, away from the copies.',
    keep: 'Keep the list with your code',
    keepNote:
      'Only if you want to: the list, with the names on it, is sealed on this device and kept with your case. Nobody here can read it. Your code brings it back on another device.',
    keepWaits: 'It waits for your code. Save the copies first, then save your case.',
    kept: 'The list is in your case, sealed.',
    listTooLong: 'The list is too long to be kept with your code. Save it as a file.',
    all: 'Save all copies in one file',
    save: 'Save {file}',
    for: 'for {name}',
    witnessing: 'Asking for a time stamp',
    witnessed:
      'A time stamp from outside shows that the marks were there by now. No name and no picture was sent for it.',
    notWitnessed:
      'No time stamp from outside could be had. The copies work; later no number can be given for how sure an answer is.',
    care: 'Whoever has your list and your picture can make a copy for any name on it. Keep them to yourself.',
  },
  trace: {
    title: 'Which copy is it',
    lead: 'All of it happens on this device. Nothing is sent.',
    original: 'The picture as you had it',
    originalHint: 'The same file that you chose when you made the copies.',
    list: 'The list that was made then',
    listHint: 'The file that you saved with the copies.',
    listInCase: 'The list in your case is used, unless you choose another.',
    suspect: 'The pictures that got out',
    suspectHint: 'Files or screenshots of that one picture, up to 8. You do not have to look at them.',
    chosenMany: { one: '{n} picture is chosen.', other: '{n} pictures are chosen.' },
    tooMany: 'Only {n} at a time: the first ones are chosen.',
    picture: 'Picture {i} of {n}',
    chosen: 'It is chosen.',
    go: 'Find out',
    match: 'It comes from one of your copies',
    matchMany: 'It is mixed from {n} of your copies',
    before: 'Before you see whose copy it was',
    beforeSafe: 'Is it safe for you to know it now? Is somebody with you, or someone you can call?',
    beforeTalk: 'To face someone with it can put you in danger, and it gives them a warning.',
    beforeSeal:
      'A helpline, a lawyer or the police can be the first to read it. You can save it for them and not look.',
    forOthers: 'Save it for a lawyer or the police',
    show: 'Show whose copy it was',
    derives: 'The picture comes from the copy that you made for {name} on {day}.',
    notShown:
      'This does not show who put it out, or how it left a device. Phones are lent, lost and broken into.',
    chance:
      'The chance that some other picture would be taken for one of your copies is below 1 in 10^{n}. It counts all {m} comparisons with the copies on your list. A time stamp shows that the marks were there on {day}. The number counts only if the picture got out after that.',
    noChance: 'No number can be given for how sure this is: nobody but you saw when the marks were made.',
    proof: 'Keep it with your proof',
    proofKept: 'It is with your proof now.',
    together: 'Together they come from one of your copies',
    togetherOf: 'Pictures {list} added up. None of them tells anything alone.',
    derivesMany: 'At least one of these pictures comes from the copy that you made for {name} on {day}.',
    proofNoteMany:
      'Which copy got out: at least one of the pictures with SHA-256 {sha} comes from the copy prepared for {name} on {day}. This does not show who published it or how it left a device. {chance}',
    proofNote:
      'Which copy got out: the picture with SHA-256 {sha} comes from the copy prepared for {name} on {day}. This does not show who published it or how it left a device. {chance}',
    noMatch: 'It is your picture, and none of your copies was found in it',
    noMatchNote: 'It may come from before the copies, from another list, or from the picture itself.',
    cannot: 'We cannot tell',
    cannotNote: 'This clears nobody and points at nobody.',
    reasons: {
      'too-small': 'The picture is too small.',
      'no-detail': 'The picture shows too little to be laid over yours.',
      'no-fit':
        'It could not be laid over your picture. It may be another picture, or it was changed too much.',
      'too-altered': 'It is your picture, and it was changed so much that a mark may be gone.',
    },
    drawing: 'Both pictures over each other',
    drawingHint: 'Hold to see, let go to cover',
    drawingText: 'Squares of your picture and of the other one, laid over each other, in grey',
    support: 'People to talk to',
  },
  stopped: {
    'too-small': 'The picture is smaller than 160 dots on one side. Copies of it could not be told apart.',
    'too-plain': 'The picture shows too little to know a copy of it by.',
    'not-a-registry': 'This file is not a list that was made here.',
    'registry-changed': 'The list was changed after it was made. Nothing is looked up in it.',
    'not-registered': 'The list does not know this picture. It must be the very same file as then.',
  },
};
