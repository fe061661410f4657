/**
 * What the guides say, in English: making accounts safe, consent to pictures, having been sent one, getting through the day.
 *
 * Sources, read for what they say and not for their words: NNEDV Safety Net, Technology Safety Plan (a change can be seen,
 * a device nobody else touched, proof before removal); NCSC (UK), three random words and mail first; NIST SP 800-63B-4 (a text
 * message as the weakest second step); 47 U.S.C. 223(h), as the TAKE IT DOWN Act put it (what consent is; consent to making is
 * not consent to showing); WHO, Doing What Matters in Times of Stress, 2020 (coming back to the body and the room).
 * @module
 */

/** English. */
export const en = {
  title: 'Staying safe',
  lead: 'Short guides. Nothing here is sent, and what you tick is forgotten when you leave.',
  note: 'Accounts, consent, and getting through the day.',
  all: 'All guides',
  done: 'Done',
  progress: 'Done: {n} of {all}.',
  seen: 'What others may notice',
  source: 'After {source}.',
  copy: 'Copy these words',
  copied: 'Copied.',
  notCopied: 'It could not be copied. Press on the words for a while to choose them.',
  accounts: {
    title: 'Make your accounts safe',
    note: 'Mail, pictures, phone: step by step, the most important first.',
    lead: 'Most people who get into an account know the password, the phone, or the answers. These steps shut them out.',
    close: 'Could somebody near you be looking into your accounts or your phone?',
    yes: 'Yes',
    no: 'No',
    notSure: 'I am not sure',
    slowly:
      'Then go slowly. A change can be seen, and it can make that person angry. Talk to a line for people in danger first. Use a phone or computer that they never touched.',
    first:
      'Before you shut somebody out, write down what you see: devices, places, times. It is proof, and it is gone afterwards.',
    source: 'NNEDV Safety Net, NCSC (UK), NIST SP 800-63B-4',
    steps: {
      mail: {
        title: 'Your mail first',
        text: 'Who can read your mail can set a new password for all the rest. Give it one of its own: three or four words that have nothing to do with you.',
        seen: 'Other devices may be signed out. A message about the change may come to a second address.',
      },
      twoSteps: {
        title: 'Two steps to sign in',
        text: 'A passkey or an app is stronger than a text message. A text message is better than none. Print the back-up codes, and keep them where nobody else looks.',
        seen: 'Devices that are signed in may show a note.',
      },
      wayBack: {
        title: 'The ways back in',
        text: 'Look at the second address, the phone number and the questions. Take off what is not yours. Answer the questions with made-up words: who knows you knows the true ones.',
        seen: 'An address that is taken off may get a message.',
      },
      devices: {
        title: 'Who is signed in',
        text: 'Each account has a list of devices and apps. Note those you do not know, then sign them out.',
        seen: 'A device that is signed out shows it at once.',
      },
      forward: {
        title: 'Mail that goes on to somebody',
        text: 'Look in the settings of your mail for forwarding, filters and shared access. Take off what you did not set.',
        seen: 'Mail no longer comes there.',
      },
      pictures: {
        title: 'Where your pictures lie',
        text: 'Look at shared albums, family groups, automatic copies and the bin. Messengers have a list of linked computers: look there too.',
        seen: 'Who leaves a shared album or group is seen to leave.',
      },
      phone: {
        title: 'Your phone',
        text: 'Set a new code of six digits or more that nobody saw. Take off fingers and faces that are not yours. Hide what messages say on the locked screen. Put in the updates.',
        seen: 'Who knew the old code sees that it no longer works.',
      },
      place: {
        title: 'Where you are',
        text: 'Look who sees your place: maps, family apps, messengers, pictures that you post. Look through bag and car for small trackers.',
        seen: 'Many apps tell the others when you stop.',
      },
      spies: {
        title: 'Programs that watch',
        text: 'Look for apps you do not know, for apps with rights over the whole device, and for profiles of a company. If you find one, leave it for now and ask a line that knows this.',
        seen: 'Who put it there sees when it stops, and what you look up on that phone.',
      },
      others: {
        title: 'All other accounts',
        text: 'Social sites, messengers, shops, games, the bank. A password manager keeps a new one for each. Look who can find you by number, and who can tag you.',
        seen: 'Who used the account with you is signed out.',
      },
    },
  },
  sharing: {
    title: 'Pictures and consent',
    note: 'What a yes is, how to say no, how to take a yes back.',
    lead: 'You decide about pictures of you: before, while, and after.',
    yes: 'What a yes is',
    free: 'It is free. Pressing, threatening, or asking again and again gets no yes.',
    one: 'It is for one thing. Yes to making a picture is not yes to showing it. Yes to one person is not yes to others.',
    end: 'It can end. You may take it back at any time, and need no reason.',
    each: 'It comes from each person in the picture, for themselves.',
    young:
      'Under 18 no yes counts. Making, keeping or passing on such a picture can be a crime, and the law is there for the young person in it.',
    no: 'If somebody asks you for one',
    noNote: 'You owe nobody a picture. You can say it like this, or say nothing.',
    noShort: 'No. I do not send pictures like that.',
    noAgain: 'I said no. Asking again does not change it.',
    share: 'If you want to share one',
    face: 'Leave out what tells that it is you: your face, marks on the skin, the room.',
    marked: 'Give each person a copy of their own. Later it can be told which copy got out.',
    vanish: 'A picture that vanishes can still be kept by whoever sees it.',
    makeCopies: 'Make copies for people',
    back: 'Taking a yes back',
    backNote: 'Send this only if it is safe for you.',
    backText:
      'You had my yes for pictures of me. I take it back. Please delete them from your phone, your chats, your cloud and all other places, and tell me when it is done. Do not show or send them to anybody.',
    after:
      'Nobody can see from here that it was done. A fingerprint helps services that check hold a copy, if one appears.',
    protect: 'Protect the picture',
    source: '47 U.S.C. 223(h) (US) for what consent is; other laws differ',
  },
  received: {
    title: 'You were sent such a picture',
    note: 'Or saw one in a group. What you do now can stop it.',
    lead: 'You did not ask for it. It can end with you.',
    pass: 'Do not pass it on, and show it to nobody. In many countries passing it on is a crime.',
    keep: 'Keep no copy. To be able to say later what happened, note who sent it, when and where. Not the picture.',
    say: 'Tell whoever sent it. You can say it like this.',
    sayText: 'This was not meant for us. Please delete it, and do not send it to anyone.',
    report: 'Report it where you saw it. The reason to choose is: intimate picture, shared without consent.',
    tell: 'If you know the person and it is safe, tell them in a quiet moment, without showing it. Let them choose what is done. You can give them this page.',
    youngTitle: 'Somebody in it may be under 18?',
    young: 'Make no copy, not even as proof. Report where it is. These take reports.',
    passed: 'You passed it on already?',
    passedText:
      'Stop here. Delete it. Ask each person you sent it to for the same. Write to the person in it only if they want to hear from you. It is never too late to stop.',
  },
  calm: {
    title: 'When it gets too much',
    note: 'What helps now, and when to get more help.',
    lead: 'What you feel is a normal answer to what was done to you.',
    feet: 'Put both feet on the floor and press them down. Breathe out longer than you breathe in, five times.',
    room: 'Name five things that you see, and three that you hear. You are here, in this room, now.',
    look: 'You need not look for the pictures yourself. A service, a helper or somebody you trust can look for you.',
    time: 'Give it a time of the day: half an hour for links and answers. Then close the page.',
    day: 'Eat, sleep, move. Do one thing each day that has nothing to do with it.',
    one: 'Pick one person. You can begin like this.',
    oneText:
      'Something bad was done to me, and I need somebody beside me. You do not have to solve it. Do you have time to listen?',
    more: 'See a doctor or a counsellor when you sleep badly for two weeks, cannot get through the day, or drink or take things to bear it.',
    lines: 'People to talk to now',
    source: 'WHO, Doing What Matters in Times of Stress (2020)',
  },
};
