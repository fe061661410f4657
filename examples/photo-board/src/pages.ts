/**
 * The board's pages. Plain words, no script, no third party, nothing that says why a picture waits.
 *
 * `waitingPage` takes no argument on purpose: it cannot differ from one held upload to the next.
 * @module
 */

import type { Standing } from '@reclaim/client/client';
import type { GuardRefusal } from '@reclaim/client/upload-guard';
import { type Html, html } from './html.ts';
import type { Photo, RemovalGround, ReportReason } from './photo.ts';

/** Characters in a caption. */
export const CAPTION_MAX = 200;

/** Pictures on a page of the wall. */
export const WALL_PAGE = 24;

function page(title: string, body: Html, narrow = true): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Photo board</title>
<link rel="stylesheet" href="/board.css">
<link rel="icon" href="data:,">
</head>
<body>
<header class="bar"><nav aria-label="Board"><a class="name" href="/">Photo board</a><a href="/add">Add a picture</a></nav></header>
<main${narrow && html` class="narrow"`}>
${body}
</main>
</body>
</html>
`.toString();
}

function titleOf(photo: Photo): string {
  return photo.caption === '' ? 'A picture without words' : photo.caption;
}

/**
 * Where somebody without an account asks that a picture be taken down: the node's form, with the picture's id in the
 * fragment of the address, which no server is sent.
 */
function noticeLink(noticeUrl: string, photo: Photo): string {
  return `${noticeUrl}#item=${photo.id}`;
}

/** The wall: one page of published pictures, newest first. `number` counts from 1. */
export function wallPage(
  photos: readonly Photo[],
  number: number,
  more: boolean,
  noticeUrl?: string,
): string {
  if (photos.length === 0) {
    return page(
      'Pictures',
      html`<h1>Pictures</h1>
<div class="empty"><p>${number === 1 ? 'There are no pictures here yet.' : 'There are no older pictures.'}</p>
<p>${number === 1 ? html`<a href="/add">Add the first one</a>` : html`<a href="/">Back to the newest</a>`}</p></div>`,
      false,
    );
  }
  const items = photos.map(
    (photo) =>
      html`<li><a href="/pictures/${photo.id}"><img src="/pictures/${photo.id}/file" alt="" loading="lazy"><span class="caption">${titleOf(photo)}</span></a>${noticeUrl !== undefined && html`<a class="ask" href="${noticeLink(noticeUrl, photo)}" rel="noreferrer" aria-label="Ask to take down: ${titleOf(photo)}">Ask to take it down</a>`}</li>
`,
  );
  return page(
    'Pictures',
    html`<h1>Pictures</h1>
<ul class="wall">
${items}</ul>
<nav class="pages" aria-label="Pages">
<span>${number > 1 && html`<a href="/?page=${number - 1}">Newer pictures</a>`}</span>
<span>${more && html`<a href="/?page=${number + 1}">Older pictures</a>`}</span>
</nav>`,
    false,
  );
}

const REASON_WORDS: Readonly<Record<ReportReason, string>> = {
  'intimate-without-consent': 'It shows somebody intimately, without their consent',
  'minor-suspected': 'It may show a child',
  threat: 'It is used to threaten somebody',
  other: 'Something else is wrong with it',
};

/** One published picture, with the way to a notice (no account needed) and the form that reports it. */
export function picturePage(photo: Photo, noticeUrl?: string): string {
  const reasons = Object.entries(REASON_WORDS).map(
    ([reason, words]) =>
      html`<label class="choice"><input type="radio" name="reason" value="${reason}" required> ${words}</label>
`,
  );
  return page(
    titleOf(photo),
    html`<h1>${titleOf(photo)}</h1>
<figure class="picture"><img src="/pictures/${photo.id}/file" alt="${titleOf(photo)}"></figure>
${
  noticeUrl !== undefined &&
  html`<section class="notice" id="take-down"><p><strong>Does it show you, or somebody you act for, intimately and without consent?</strong> You can ask that it be taken down. No account, no picture of you: a few words are enough. The law may set hours for our answer.</p>
<p><a href="${noticeLink(noticeUrl, photo)}" rel="noreferrer">Ask to take it down</a></p></section>
`
}<details id="report"><summary>Report this picture</summary>
<form class="card" method="post" action="/pictures/${photo.id}/report">
<p>A person looks at every report. Who put the picture here does not learn that you wrote.</p>
<fieldset><legend>What is wrong with it?</legend>
${reasons}</fieldset>
<button class="secondary">Send the report</button>
</form></details>`,
    false,
  );
}

/** What who reported is told, whatever the picture and the reason. */
export function reportedPage(): string {
  return page(
    'Reported',
    html`<h1>Your report is on its way</h1>
<p>A person will look at the picture. It stays up until they have decided.</p>
<p>If somebody is in danger now, call your local emergency number. If the picture may show a child, you can also tell a hotline: <a href="https://www.inhope.org/" rel="noreferrer">inhope.org</a> lists them by country.</p>
<p>If it shows you: this is not your fault. You can protect the picture at other sites too, without sending it to anybody: <a href="https://stopncii.org/" rel="noreferrer">stopncii.org</a>.</p>
<p><a href="/">Back to the pictures</a></p>`,
  );
}

const PROBLEM_WORDS: Readonly<Record<GuardRefusal | 'no-file' | 'caption-too-long', string>> = {
  'no-file': 'No file arrived. Choose a picture first.',
  'caption-too-long': `The words are longer than ${CAPTION_MAX} characters. Make them shorter and choose the picture again.`,
  'not-an-image': 'This file is not a picture. Choose a JPEG, PNG, WebP, AVIF or GIF.',
  'unsupported-format': 'This kind of picture is not shown here. Save it as JPEG or PNG and choose it again.',
  'image-damaged': 'The picture breaks off before its end. Save it again and choose the new file.',
  'too-large': 'The file is larger than 64 MiB. Make it smaller and choose it again.',
  'too-many-pixels': 'The picture has too many pixels. Make it smaller and choose it again.',
  'too-slow': 'The picture took too long to open. Try again in a minute, or make it smaller.',
  'several-pictures':
    'The file holds several pictures, and only single ones are shown here. Save one of them by itself.',
};

/** What keeps an upload from being taken. */
export type UploadProblem = keyof typeof PROBLEM_WORDS;

/** The form that adds a picture, with what was wrong with the last try. */
export function addPage(problem?: UploadProblem): string {
  return page(
    problem === undefined ? 'Add a picture' : 'The picture was not taken',
    html`<h1>Add a picture</h1>
${
  problem !== undefined &&
  html`<div class="notice danger" role="alert" id="problem"><strong>The picture was not taken</strong><p>${PROBLEM_WORDS[problem]}</p></div>
`
}<form class="card" method="post" action="/pictures" enctype="multipart/form-data">
<div class="field"><label for="caption">Words to go with it (optional)</label>
<p class="quiet" id="caption-hint">Up to ${CAPTION_MAX} characters. Everybody can read them.</p>
<input type="text" id="caption" name="caption" maxlength="${CAPTION_MAX}" autocomplete="off" aria-describedby="caption-hint"></div>
<div class="field"><label for="picture">The picture</label>
<p class="quiet" id="picture-hint">JPEG, PNG, WebP, AVIF or a still GIF, up to 64 MiB. Everybody sees the file as it is, with what the camera wrote into it, such as the place.</p>
<input type="file" id="picture" name="picture" required accept="image/jpeg,image/png,image/webp,image/avif,image/gif" aria-describedby="picture-hint${problem !== undefined && ' problem'}"></div>
<button>Put the picture on the board</button>
</form>
<p class="quiet">Every picture is compared with pictures that people have asked us not to show. If you share somebody’s intimate picture, ask them first.</p>
<p class="quiet">Who is warned or suspended reads it, and can object, at <a href="/pictures/standing">how you stand here</a>.</p>`,
  );
}

const KEEP_ADDRESS = html`<p class="quiet">The address of this page is yours alone: keep it to look again later. Who has it sees what you see here.</p>`;

/** The uploader’s own page while the picture waits: the same to the byte for every held upload. */
export function waitingPage(): string {
  return page(
    'Your picture waits',
    html`<h1>Your picture waits</h1>
<div class="notice"><p>It arrived whole, and nobody sees it yet. Some pictures are looked at by a person before they are shown. This can take a few days.</p></div>
<p>There is nothing you have to do. Look again at this page to see what became of it.</p>
${KEEP_ADDRESS}`,
  );
}

/** The uploader’s own page once the picture is on the wall. */
export function publishedPage(photo: Photo): string {
  return page(
    'Your picture is on the board',
    html`<h1>Your picture is on the board</h1>
<div class="notice good"><p>Everybody can see it now.</p></div>
<p><a href="/pictures/${photo.id}">Look at it</a></p>
${KEEP_ADDRESS}`,
  );
}

/**
 * The short reason of a removal: the rule, never the person behind it, nor when or how it was found. Where the node gives
 * none (it was referred to somebody else) there is none to give.
 */
const GROUND_WORDS: Readonly<Record<RemovalGround, string>> = {
  'intimate-image-law':
    'The law does not allow intimate pictures of somebody to be shown when that person has not agreed.',
  'terms-intimate-image':
    'The rules of this board do not allow intimate pictures of somebody when that person has not agreed.',
  'other-law': 'The law does not allow this picture to be shown.',
};

/** Characters of a complaint, at least and at most: what the node takes. */
export const COMPLAINT_MIN = 10;
/** The most of them. */
export const COMPLAINT_MAX = 5000;

const COMPLAINT_WORDS = {
  length: `Write at least ${COMPLAINT_MIN} characters, and at most ${COMPLAINT_MAX}.`,
  later: 'It could not be passed on just now, and nothing of it was kept. Send it again in a minute.',
  no: 'No complaint can be taken any more: one was sent already, or six months have passed.',
} as const;

/** The uploader’s own page after the picture was taken down, with a form for who does not agree. */
export function removedPage(
  contact: string,
  ground: RemovalGround | undefined,
  token: string,
  trouble?: keyof typeof COMPLAINT_WORDS,
): string {
  return page(
    'Your picture is not shown',
    html`<h1>Your picture is not shown</h1>
<div class="notice attention"><p>A person looked at it and decided that it does not stay on the board.</p>${ground !== undefined && html`<p>${GROUND_WORDS[ground]}</p>`}</div>
${trouble !== undefined && html`<div class="notice danger" role="alert" id="problem"><p>${COMPLAINT_WORDS[trouble]}</p></div>`}
<h2>If you think this is wrong</h2>
<form class="card" method="post" action="/mine/${token}/complaint">
<div class="field"><label for="facts">What is not right about it?</label>
<p class="quiet" id="facts-hint">For six months, and free. Somebody else than who decided reads it. Do not write who you are.</p>
<textarea id="facts" name="facts" rows="4" minlength="${COMPLAINT_MIN}" maxlength="${COMPLAINT_MAX}" required autocomplete="off" aria-describedby="facts-hint${trouble !== undefined && ' problem'}"></textarea></div>
<button class="secondary">Send the complaint</button>
</form>
<p>Or write to ${contact}.</p>
${KEEP_ADDRESS}`,
  );
}

/** What an uploader is told whose complaint was passed on. */
export function complainedPage(): string {
  return page(
    'Your complaint is on its way',
    html`<h1>Your complaint is on its way</h1>
<p>Somebody else than who decided reads it. If the decision changes, your picture is on the board again, and its page says so.</p>
<p><a href="/">Back to the pictures</a></p>`,
  );
}

const MISUSE_WORDS: Readonly<Record<Standing['misuse'], string>> = {
  'illegal-content': 'Pictures that the law does not allow',
  'unfounded-complaints': 'Complaints without any ground',
  'unfounded-notices': 'Notices without any ground',
};

/** The day of a moment, in UTC. */
function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function standingCard(standing: Standing): Html {
  const { misuse, measure, since, until, count, all, gravity, intention, objection, answer } = standing;
  return html`<div class="notice attention">
<h2>${measure === 'warning' ? 'A warning' : 'Suspended'}: ${MISUSE_WORDS[misuse]}</h2>
<p>Since ${day(since)}, until ${day(until)}. ${measure === 'warning' ? 'If it happens again, you can be suspended for a time.' : misuse === 'illegal-content' ? 'You cannot add pictures until then.' : 'Your complaints are not taken until then.'} A person decided so, not a program.</p>
<p>${String(count)} of ${String(all)} in the time that is looked at.</p>
<p>How grave it is: ${gravity}</p>
<p>Why it is taken for intended: ${intention}</p>
${objection === 'waits' && html`<p>Your objection arrived. Somebody else than who decided reads it.</p>`}
${answer !== undefined && html`<p>The answer to your objection: ${answer}</p>`}
</div>
${
  objection === 'open' &&
  html`<form class="card" method="post" action="/pictures/standing">
<input type="hidden" name="misuse" value="${misuse}">
<div class="field"><label for="words-${misuse}">If you think this is wrong, say why</label>
<p class="quiet" id="hint-${misuse}">Once. Somebody else than who decided reads it. Do not write who you are.</p>
<textarea id="words-${misuse}" name="words" rows="4" minlength="${COMPLAINT_MIN}" maxlength="${COMPLAINT_MAX}" required autocomplete="off" aria-describedby="hint-${misuse}"></textarea></div>
<button class="secondary">Send the objection</button>
</form>`
}`;
}

/** How this browser stands: warnings and suspensions that a person decided, each with its facts and the way to object. */
export function standingPage(standings: readonly Standing[], trouble?: keyof typeof COMPLAINT_WORDS): string {
  return page(
    'How you stand here',
    html`<h1>How you stand here</h1>
${trouble !== undefined && html`<div class="notice danger" role="alert"><p>${trouble === 'no' ? 'No objection can be taken: one was sent already, or nothing is suspended any more.' : COMPLAINT_WORDS[trouble]}</p></div>`}
${standings.length === 0 ? html`<p>Nothing is held against this browser.</p>` : standings.map(standingCard)}
<p><a href="/">Back to the pictures</a></p>`,
  );
}

/** What is not here, or not for everybody. */
export function missingPage(): string {
  return page(
    'Nothing here',
    html`<h1>There is nothing at this address</h1>
<p>The picture may have been taken down, or the address may have been cut. <a href="/">Back to the pictures</a></p>`,
  );
}

/** Something went wrong that is not the visitor’s doing. */
export function troublePage(): string {
  return page(
    'Try again',
    html`<h1>This did not work</h1>
<p>Something went wrong on our side, and nothing was shown to anybody. Go back and try again in a minute.</p>`,
  );
}

/** Too many uploads at once. */
export function busyPage(): string {
  return page(
    'Try again',
    html`<h1>Many pictures are arriving</h1>
<p>Yours was not taken yet. Go back and send it again in a minute.</p>`,
  );
}
