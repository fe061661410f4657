/**
 * How the existing systems work, point by point, so that an interface can say truthfully what each one reaches and what it asks
 * the person for. From the project's research of November 2026 into the systems' own pages and the press; each row is to be
 * compared with the live page before a figure of it is shown.
 * @module
 */

import { type Day, parseDay } from '../day.ts';

/** A system of somebody else. Empty texts: nothing was found. */
export interface ExistingSystem {
  readonly name: string;
  /** Who runs it, for whom, where. */
  readonly who: string;
  readonly personGives: string;
  readonly fingerprints: string;
  readonly thenWhat: string;
  readonly personGets: string;
  readonly limits: string;
}

/** The day on which the rows were last compared with their sources: November 2026, day unknown, the month's first. */
export const SYSTEMS_CHECKED: Day = parseDay('2026-11-01');

/** Every row. */
export const EXISTING_SYSTEMS: readonly ExistingSystem[] = [
  {
    name: 'StopNCII.org (SWGfL, UK; since Dec 2021)',
    who: 'Adults 18+, world-wide, many languages (≥ 8 seen)',
    personGives: 'The file itself, on own device',
    fingerprints: 'On device. Images PDQ, videos MD5 (press 2025); PhotoDNA generation announced Mar 2024',
    thenWhat:
      'Hash goes to partners; each partner matches, reviews against its own policy, removes; repeats matching periodically',
    personGets:
      'Case number + self-noted PIN; status check; may withdraw. Lost PIN/number is not recoverable ("we are not able to recover")',
    limits:
      'Only listed partners; no notices to anyone else; not private/encrypted messages; needs the file; any edit beyond perceptual tolerance escapes; MD5 video breaks on re-encode; no evidence, no lawyer/police path, no deadline tracking. Known-image only. If image was from < 18 → redirect to Take It Down, even if now adult',
  },
  {
    name: 'NCMEC Take It Down (US; Dec 2022/Feb 2023)',
    who: 'Anyone whose image was taken < 18; anonymous; parents too; world-wide',
    personGives: 'File on own device',
    fingerprints: 'On device hash; no personal data',
    thenWhat:
      'Hash list to participants: Facebook, Instagram, Threads, TikTok, Pornhub, OnlyFans, Clips4Sale, Yubo, Snap, Redgifs (Feb 2024 list)',
    personGets: 'status check to be verified',
    limits:
      '"Public or unencrypted" services only; edited copy = new hash; need file. ≈ 24 languages (Feb 2024)',
  },
  {
    name: 'IWF/Childline Report Remove (UK)',
    who: '< 18, UK',
    personGives:
      'Uploads image/video/URL to IWF (not hash-only), Childline account; 13+ age proof by ID (2021–23 sources: required via Yoti; 2024 Crimestoppers page: optional)',
    fingerprints: 'Hash made by IWF after analyst assessment',
    thenWhat: 'Hash list to members; outcome via Childline counsellor account',
    personGets: 'Safe inbox + counselling',
    limits: 'UK legal threshold; 2023: 792 reports, 508 actionable',
  },
  {
    name: 'Project Arachnid (C3P, Canada)',
    who: 'CSAM only',
    personGives: 'Affected people/organisations may submit files after prior contact',
    fingerprints: 'Exact + perceptual + PhotoDNA, no face recognition',
    thenWhat:
      'Crawls, analysts classify, notice to provider, re-sent every 24 h until gone; response times published; free Shield API',
    personGets: '',
    limits:
      'Not adult NCII. > 1,300 providers; 42.7 M suspected items, 10.8 M notices by yr 5. Its crawler once met false positives',
  },
  {
    name: 'Thorn Safer',
    who: 'Platforms, CSAM',
    personGives: 'API/self-host, paid',
    fingerprints:
      'MD5 + proprietary perceptual, scene-sensitive video hash; 57 M known hashes; ML classifiers',
    thenWhat:
      'Review UI with wellness features; reports to NCMEC/RCMP; SaferList cross-platform hash sharing; per-customer lists',
    personGets: '',
    limits: 'Proprietary; not NCII; no side for affected people',
  },
  {
    name: 'Revenge Porn Helpline (SWGfL, UK)',
    who: 'Adults UK',
    personGives: 'Phone/e-mail',
    fingerprints: '',
    thenWhat: 'Human help with reports, police, law; partnered escalation',
    personGets: 'Human',
    limits:
      'Mon–Fri 10–16; 521 cases yr 1 → 22,264 in 2024; > 90 % removal claimed, ~10 % remains, overseas hosts; four operators on shift (press 2025)',
  },
  {
    name: 'Report Harmful Content (SWGfL)',
    who: 'UK',
    personGives: "Platform's refusal / a week's silence",
    fingerprints: '',
    thenWhat: 'Escalates',
    personGets: '',
    limits: 'Needs the platform reply as proof (→ keep replies as evidence)',
  },
  {
    name: 'CCRI Safety Center + Image Abuse Helpline (US)',
    who: 'US',
    personGives: '',
    fingerprints: '',
    thenWhat:
      'Step guide, removal guide, attorney lists; helpline described by US DOJ/OVC (2023 award) as the only 24/7 one for this',
    personGets: '',
    limits: 'US only; phone not seen',
  },
  {
    name: 'eSafety Commissioner (AU)',
    who: 'Person/poster/host linked to Australia',
    personGives: 'Web form; name optional, contact needed',
    fingerprints: '',
    thenWhat:
      'Report number; assess, ask permission before each action, remove/notice, civil action; "highest priority" answer ≤ 2 business days',
    personGets: 'Report number; quick-exit on all pages that says history is not cleared',
    limits: 'Jurisdiction',
  },
  {
    name: 'Google Search',
    who: 'All',
    personGives:
      'URLs (form) or, since Feb 2026, ⋮ → Remove result → "It shows a sexual image of me", many images at once, real/AI question',
    fingerprints: '',
    thenWhat:
      'De-index only; opt-in filter of similar results; status in "Results about you"; support links after submit',
    personGets: 'Status + mail',
    limits:
      'Only submitted URLs are reviewed; excluded if "currently being paid" (→ DMCA route); representative allowed. StopNCII hashes: announced 17 Sep 2025, "over the coming months"',
  },
  {
    name: 'Bing/Microsoft',
    who: 'All',
    personGives: '"Report a Concern" form, concern type Non-Consensual Intimate Imagery',
    fingerprints: 'StopNCII hashes since 2024 pilot (268,899 images actioned by Aug 2024); PhotoDNA',
    thenWhat: 'De-index + block on hosted services',
    personGets: '',
    limits: '',
  },
  {
    name: 'Meta',
    who: 'FB/IG/Threads',
    personGives: 'In-app / form',
    fingerprints: 'Photo-matching of removed images; StopNCII',
    thenWhat: 'Remove, block re-share, often disable account; 24/7, 70+ languages',
    personGets: '',
    limits: 'Study participants call platform flows opaque',
  },
  {
    name: 'X',
    who: 'US form, no account needed',
    personGives: 'Form fields under TAKE IT DOWN Act',
    fingerprints: '',
    thenWhat: '48 h',
    personGets: 'Outcome notice',
    limits: 'Audit 2024: 0/25 removed in 3 weeks via NCII form vs 25/25 ≤ 25 h via DMCA',
  },
  {
    name: 'Creator services (Loti, Ceartas, Rulta, BranditScan, LeakShield…)',
    who: 'Paying creators',
    personGives: 'Stage names, sample faces/files, authority letter',
    fingerprints: 'Face/image search, search-engine queries',
    thenWhat: 'Mass DMCA + de-index; human "verify URLs" queue; whitelist of own accounts (Rulta)',
    personGets: 'Dashboard',
    limits:
      'Paid monthly; copyright-only; over-claiming hits licensed studio content (performers put on "do not hire" lists), perjury exposure; success rates disputed (Google counts "not in index", duplicates); biometric collection',
  },
  {
    name: 'Alecto AI / UnHush',
    who: 'Pilot',
    personGives: 'Face',
    fingerprints: 'Face recognition across partners',
    thenWhat: 'Finds & flags deepfakes',
    personGets: '',
    limits: 'Biometrics; reach depends on partners; current state to be verified',
  },
  {
    name: 'Bumble Private Detector',
    who: 'App users / open source (2022)',
    personGives: '',
    fingerprints: 'On-device/in-app nude classifier',
    thenWhat: 'Blur + choice; sender warned',
    personGets: '',
    limits: 'Prevents cyber-flashing, not redistribution',
  },
  {
    name: '3018 app (France)',
    who: 'Mainly young people',
    personGives: '',
    fingerprints: '',
    thenWhat:
      'Evidence vault in app, transfer to counsellors, trusted-flagger removal "in hours" at 20+ platforms',
    personGets: 'Chat/phone 7/7 9–23 h',
    limits: 'France. The nearest thing to an evidence vault with a helper behind it',
  },
  {
    name: 'Korea Digital Sex Crime Victim Support Center',
    who: 'Korea',
    personGives: 'File/URL',
    fingerprints: 'In-house matching',
    thenWhat: 'Deletion requests, post-deletion monitoring, counselling, legal',
    personGets: '',
    limits: '938,651 requests 2020–Jun 2024, 28.8 % not deleted; 39 staff',
  },
  {
    name: 'PAPS (Japan)',
    who: 'Japan',
    personGives: 'Interview',
    fingerprints: 'ML patrol 24 h',
    thenWhat:
      "Finds so that the person need not look; auto evidence preservation at each takedown request; requests in host's language",
    personGets: '',
    limits: 'NGO capacity',
  },
  {
    name: 'RainLily Ta-DA (Hong Kong)',
    who: 'HK',
    personGives: 'Links',
    fingerprints: '',
    thenWhat: 'Reports to platforms, anonymous allowed',
    personGets: '',
    limits: '89 % of 1,300 items removed; Telegram, LIHKG, content farms unresponsive',
  },
  {
    name: 'Garante privacy (Italy) / AEPD canal prioritario (Spain)',
    who: 'Residents',
    personGives:
      'Italy: person must transmit the image by link after the form; Spain: description + URL, third parties may report',
    fingerprints: '',
    thenWhat: 'Binding order to platforms',
    personGets: '',
    limits: "Italy's flow asks for exactly what people fear to give",
  },
];
