/**
 * Which services were listed in a hash programme, when, and by whom; and the routes of partners. The programmes' present
 * lists were not read, so a row says "listed on" and never "takes part". Google and TikTok rows of Take It Down rest on a
 * list of February 2024 that the project's research names.
 * @module
 */

import type { Confidence } from './channel.ts';
import type { SourceCode } from './channel-source.ts';

/** `stopncii` for adults; `take-it-down` where the picture was taken under 18. */
export type Programme = 'stopncii' | 'take-it-down';

/** A service that was named in a programme. */
export interface Listed {
  readonly programme: Programme;
  readonly service: string;
  /** Months in which it was seen listed, oldest first; `announced` means not yet live when read. */
  readonly seen: readonly string[];
  readonly announced: boolean;
  readonly sources: readonly SourceCode[];
}

/** Every listing. */
export const LISTED: readonly Listed[] = [
  ...listed('stopncii', ['Facebook', 'Instagram', 'Threads', 'Snap'], ['2023-11', '2026-05'], 'AY1', 'WI1'),
  ...listed('stopncii', ['TikTok'], ['2022-12', '2026-05'], 'NW1', 'WI1'),
  ...listed('stopncii', ['Reddit'], ['2023-03', '2026-05'], 'SW1', 'WI1'),
  ...listed('stopncii', ['Bing'], ['2024', '2026-05'], 'SD', 'WI1'),
  ...listed('stopncii', ['Bumble'], ['2022-12', '2023-11'], 'NW1', 'AY1'),
  ...listed('stopncii', ['OnlyFans'], ['2023-03', '2023-11'], 'SW1', 'AY1'),
  ...listed('stopncii', ['Pornhub and Aylo'], ['2023-11'], 'AY1'),
  { programme: 'stopncii', service: 'Google Search', seen: ['2025-09'], announced: true, sources: ['SD'] },
  ...listed(
    'take-it-down',
    [
      'Facebook',
      'Instagram',
      'Threads',
      'TikTok',
      'Snap',
      'OnlyFans',
      'Pornhub and Aylo',
      'Redgifs',
      'Clips4Sale',
      'Yubo',
    ],
    ['2024-02'],
    'SD',
  ),
];

/** Services that no list that was read names. It does not mean that they never joined. */
export const NOT_LISTED_WHERE_SEEN: readonly string[] = [
  'X',
  'Telegram',
  'Discord',
  'YouTube',
  'Pinterest',
  'Bluesky',
  'Twitch',
];

/** A route for organisations only. */
export interface PartnerRoute {
  readonly id: string;
  readonly name: string;
  readonly forWhom: string;
  readonly gives: string;
  readonly confidence: Confidence;
  readonly sources: readonly SourceCode[];
}

/** Every partner route. */
export const PARTNER_ROUTES: readonly PartnerRoute[] = [
  partner(
    'pornhub-trusted-flagger',
    'Pornhub Trusted Flagger Program',
    'non-governmental organisations and statutory offices',
    'items are suspended at once; decisions are visible',
    'A',
    'PH1',
  ),
  partner(
    'meta-trusted-partner',
    'Meta Trusted Partner',
    "named in Meta's policy for content that identifies people harmed",
    'priority through a partner or representative',
    'A',
    'CH5',
  ),
  partner(
    'dsa-trusted-flagger',
    'Trusted flagger, Digital Services Act Art. 22',
    'bodies named by a national coordinator',
    'priority by law',
    'B',
    'BODY',
  ),
  partner(
    'national-lines',
    'Revenge Porn Helpline, 3018, Hotline.ie, Korean designated bodies',
    'residents',
    'their own lines to platforms',
    'B',
    'BODY',
  ),
  partner(
    'abuse-apis',
    'Interfaces for abuse reports of Namecheap and Cloudflare',
    'reporters who were vetted (Namecheap: phishing only)',
    'intake by machine',
    'C',
    'CF1',
    'IN2',
  ),
];

function listed(
  programme: Programme,
  services: readonly string[],
  seen: readonly string[],
  ...sources: SourceCode[]
): readonly Listed[] {
  return services.map((service) => ({ programme, service, seen, announced: false, sources }));
}

function partner(
  id: string,
  name: string,
  forWhom: string,
  gives: string,
  confidence: Confidence,
  ...sources: SourceCode[]
): PartnerRoute {
  return { id, name, forWhom, gives, confidence, sources };
}
