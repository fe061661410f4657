/**
 * How to read a package and how to check it without us: as text with the commands, and as a page in the person's language.
 * @module
 */

import { escapeHtml, factsTable, htmlPage } from './html-text.ts';
import { packageWords } from './package-words.ts';

/** What stands at the head of both. */
export type ReadmeFacts = {
  readonly pseudonym: string;
  readonly fingerprint: string;
  readonly created: string;
};

/** `README.txt`. */
export function readmeText({ pseudonym, fingerprint, created }: ReadmeFacts): string {
  return `EVIDENCE PACKAGE  case-${pseudonym}
Made ${created} (UTC)
Fingerprint of the key that signed it:
  ${fingerprint}

WHAT IS HERE
  MANIFEST.json     every item and every file with its SHA-256
  MANIFEST.sig      signature of the manifest, with the key and its history
  SHA256SUMS        the sums of all files, for sha256sum
  custody.jsonl     who did what and when; each line names the one before it
  timestamps/       RFC 3161 stamps: what was stamped (.json), the answer (.tsr),
                    its certificates (-chain.pem) and the root (-root.pem)
  items/, notices/  the files, as they were taken
  timeline.html     all of it in order (timeline.csv for a spreadsheet)
  report.html       the report for police and lawyers
  declarations/     blanks for a person to sign; nothing is signed in advance
  verify.html       checks the package in a browser, without a network

HOW TO CHECK IT WITHOUT US
  Unpack into an empty folder. There:

    sha256sum -c SHA256SUMS

  Each stamp (put its name in place of NAME, such as 0001-authority; the part
  before the dash names the .json):

    openssl ts -verify -data timestamps/0001.json -in timestamps/NAME.tsr \\
      -untrusted timestamps/NAME-chain.pem -CAfile timestamps/NAME-root.pem

  A stamp is over the .json, which holds a digest and random bytes: for
  "custody" the SHA-256 of a line of custody.jsonl (without its line feed), for
  "manifest" the SHA-256 of MANIFEST.json. Whether the root is one that you
  trust is for you to decide: compare it with the authority's own publication.

  With the program of this project:   reclaim verify case-${pseudonym}-....zip

THINGS TO KNOW
  - A file that is "left out" was not put in; its SHA-256 stands for it, and who
    holds the file can show that it is the same.
  - Files that end in .age are sealed to named recipients; "age -d -i KEY FILE"
    opens them.
  - A stamp shows that something was there at a time, not what it means, and not
    that a page showed it. Times of the log are the device's clock.
  - What may show someone under 18 is a link, a handle and a time, and nothing
    else. Do not open such a link to look; hand it to the police or a hotline.

WHO TO CALL
  In danger: the emergency number where you are.
  Help for people: stopncii.org (adults), takeitdown.ncmec.org (under 18),
  report.cybertip.org, inhope.org (hotlines by country).
`;
}

/** `README.html`. */
export function readmeHtml(facts: ReadmeFacts, language: string): string {
  const words = packageWords(language);
  return htmlPage(
    language,
    words.readme,
    `<h1>${words.readme}</h1>
<p>${words.openFirst}</p>
${factsTable([
  [words.field['case']!, facts.pseudonym],
  [words.field['created']!, facts.created],
  [words.field['fingerprint']!, facts.fingerprint],
])}
<ul>
<li><a href="report.html">${words.report}</a></li>
<li><a href="timeline.html">${words.timeline}</a></li>
</ul>
<h2>${words.check}</h2>
<pre dir="ltr" lang="en"><code>${escapeHtml(readmeText(facts))}</code></pre>`,
  );
}
