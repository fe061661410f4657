/**
 * People to turn to: rows of organisations, each with where it was read and when.
 *
 * Only rows that the organisation itself (`A`) or a government or the press (`B`) publishes are here, and a telephone
 * number only as it was read there. A row is shown for 180 days after `noted`; then it is hidden and counted, until
 * somebody has looked at the organisation's page again. Proper names stand as their owners write them.
 * @module
 */

/** Where an organisation works: an ISO 3166 country, or the world. */
export type Country = 'world' | (typeof COUNTRIES)[number];

/** Countries with at least one row, ISO 3166-1 alpha-2. */
export const COUNTRIES = Object.freeze([
  'AU',
  'BR',
  'CA',
  'DE',
  'ES',
  'FR',
  'GB',
  'HK',
  'IE',
  'IN',
  'IT',
  'JP',
  'KR',
  'NL',
  'NZ',
  'PK',
  'SE',
  'SG',
  'US',
] as const);

/** Opening hours: always, or spans of week days (1 is Monday) in the organisation's own time. */
export type Hours = 'always' | readonly (readonly [from: number, to: number, open: string, close: string])[];

/** One organisation. */
export type Service = {
  readonly id: string;
  readonly name: string;
  readonly country: Country;
  readonly serves: 'all' | 'adults' | 'minors' | 'women';
  readonly does: 'hash' | 'line' | 'report' | 'regulator' | 'guide';
  readonly url?: string;
  readonly phone?: string;
  /** What to send as a message, as the organisation writes it. */
  readonly text?: string;
  readonly mail?: string;
  readonly hours?: Hours;
  /** Who says so. */
  readonly source: string;
  /** When it was read, an ISO day. */
  readonly noted: string;
  readonly confidence: 'A' | 'B';
};

/** For how long a row is shown, in days. */
export const SHOWN_DAYS = 180;

const NOTED = '2026-11-01';

/** The organisations. */
export const SERVICES: readonly Service[] = Object.freeze([
  {
    id: 'stopncii',
    name: 'StopNCII.org',
    country: 'world',
    serves: 'adults',
    does: 'hash',
    url: 'https://stopncii.org',
    mail: 'stopncii@swgfl.org.uk',
    source: 'stopncii.org',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'take-it-down',
    name: 'Take It Down (NCMEC)',
    country: 'world',
    serves: 'minors',
    does: 'hash',
    url: 'https://takeitdown.ncmec.org',
    source: 'takeitdown.ncmec.org',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'cybertipline',
    name: 'CyberTipline (NCMEC)',
    country: 'US',
    serves: 'minors',
    does: 'report',
    url: 'https://report.cybertip.org',
    phone: '1-800-843-5678',
    hours: 'always',
    source: 'rainn.org, missingkids.org',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'rainn',
    name: 'RAINN National Sexual Assault Hotline',
    country: 'US',
    serves: 'all',
    does: 'line',
    url: 'https://hotline.rainn.org',
    phone: '800-656-4673',
    text: 'HOPE → 64673',
    hours: 'always',
    source: 'rainn.org',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'ccri',
    name: 'CCRI Safety Center',
    country: 'US',
    serves: 'adults',
    does: 'guide',
    url: 'https://cybercivilrights.org/ccri-safety-center',
    source: 'cybercivilrights.org',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'know2protect',
    name: 'Know2Protect tipline (DHS)',
    country: 'US',
    serves: 'minors',
    does: 'report',
    phone: '1-833-591-5669',
    source: 'rainn.org',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'rph',
    name: 'Revenge Porn Helpline',
    country: 'GB',
    serves: 'adults',
    does: 'line',
    url: 'https://revengepornhelpline.org.uk',
    phone: '0345 6000 459',
    hours: [[1, 5, '10:00', '16:00']],
    source: 'revengepornhelpline.org.uk',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'report-remove',
    name: 'Report Remove (Childline, IWF)',
    country: 'GB',
    serves: 'minors',
    does: 'hash',
    url: 'https://www.iwf.org.uk/what-we-do/why-we-exist/report-remove',
    hours: 'always',
    source: 'iwf.org.uk',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'rhc',
    name: 'Report Harmful Content',
    country: 'GB',
    serves: 'all',
    does: 'report',
    url: 'https://reportharmfulcontent.com',
    source: 'reportharmfulcontent.com',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'hotline-ie',
    name: 'Hotline.ie',
    country: 'IE',
    serves: 'all',
    does: 'report',
    url: 'https://hotline.ie/report',
    source: 'hotline.ie',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'esafety',
    name: 'eSafety Commissioner',
    country: 'AU',
    serves: 'all',
    does: 'regulator',
    url: 'https://www.esafety.gov.au/key-topics/image-based-abuse/report-image-based-abuse',
    source: 'esafety.gov.au',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: '1800respect',
    name: '1800RESPECT',
    country: 'AU',
    serves: 'all',
    does: 'line',
    phone: '1800 737 732',
    source: 'imagebasedabuse.com (RMIT)',
    noted: NOTED,
    confidence: 'B',
  },
  {
    id: 'netsafe',
    name: 'Netsafe',
    country: 'NZ',
    serves: 'all',
    does: 'line',
    url: 'https://report.netsafe.org.nz',
    phone: '0508 NETSAFE',
    hours: [
      [1, 5, '8:00', '20:00'],
      [6, 7, '9:00', '17:00'],
    ],
    source: 'netsafe.org.nz',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'cybertip-ca',
    name: 'Cybertip.ca',
    country: 'CA',
    serves: 'minors',
    does: 'report',
    url: 'https://cybertip.ca',
    phone: '1 (204) 560-2101',
    source: 'cybertip.ca',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'texted',
    name: 'texted.ca',
    country: 'CA',
    serves: 'minors',
    does: 'guide',
    url: 'https://texted.ca/app/en',
    source: 'texted.ca',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'iips',
    name: 'Intimate Images Protection Service (BC)',
    country: 'CA',
    serves: 'all',
    does: 'line',
    url: 'https://www2.gov.bc.ca/gov/content/safety/public-safety/intimate-images',
    source: 'gov.bc.ca',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'hateaid',
    name: 'HateAid',
    country: 'DE',
    serves: 'adults',
    does: 'line',
    url: 'https://hateaid.org/betroffenenberatung',
    phone: '030 252 088 38',
    mail: 'beratung@hateaid.org',
    hours: [
      [1, 1, '10:00', '13:00'],
      [2, 2, '15:00', '18:00'],
      [4, 4, '16:00', '19:00'],
    ],
    source: 'hateaid.org',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'hilfetelefon',
    name: 'Hilfetelefon Gewalt gegen Frauen',
    country: 'DE',
    serves: 'women',
    does: 'line',
    url: 'https://www.hilfetelefon.de',
    phone: '116 016',
    hours: 'always',
    source: 'hamm.de',
    noted: NOTED,
    confidence: 'B',
  },
  {
    id: 'annanackt',
    name: 'Anna Nackt',
    country: 'DE',
    serves: 'all',
    does: 'guide',
    url: 'https://annanackt.com',
    source: 'annanackt.com',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'helpwanted',
    name: 'Helpwanted',
    country: 'NL',
    serves: 'all',
    does: 'line',
    url: 'https://www.helpwanted.nl/en',
    phone: '020-261 52 75',
    source: 'helpwanted.nl',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: '3018',
    name: '3018 (e-Enfance)',
    country: 'FR',
    serves: 'all',
    does: 'line',
    url: 'https://3018.fr',
    phone: '3018',
    hours: [[1, 7, '9:00', '23:00']],
    source: 'mairies (2023)',
    noted: NOTED,
    confidence: 'B',
  },
  {
    id: 'aepd',
    name: 'AEPD, canal prioritario',
    country: 'ES',
    serves: 'all',
    does: 'regulator',
    url: 'https://www.aepd.es/canalprioritario',
    source: 'prensa (2025-10)',
    noted: NOTED,
    confidence: 'B',
  },
  {
    id: 'garante',
    name: 'Garante privacy',
    country: 'IT',
    serves: 'all',
    does: 'regulator',
    url: 'https://www.gpdp.it/revengeporn',
    source: 'gpdp.it',
    noted: NOTED,
    confidence: 'B',
  },
  {
    id: 'polizia-postale',
    name: 'Polizia Postale',
    country: 'IT',
    serves: 'all',
    does: 'report',
    url: 'https://www.commissariatodips.it',
    source: 'commissariatodips.it',
    noted: NOTED,
    confidence: 'B',
  },
  {
    id: 'nathatshjalpen',
    name: 'Näthatshjälpen',
    country: 'SE',
    serves: 'adults',
    does: 'guide',
    url: 'https://nathatshjalpen.se/en',
    source: 'nathatshjalpen.se',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'kr-1366',
    name: 'Digital Sex Crime Victim Support Center',
    country: 'KR',
    serves: 'all',
    does: 'line',
    phone: '1366',
    hours: 'always',
    source: 'korean.net',
    noted: NOTED,
    confidence: 'B',
  },
  {
    id: 'paps',
    name: 'PAPS',
    country: 'JP',
    serves: 'all',
    does: 'line',
    url: 'https://www.paps.jp/delete',
    source: 'paps.jp',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'rainlily',
    name: 'RainLily, Ta-DA',
    country: 'HK',
    serves: 'women',
    does: 'line',
    url: 'https://rainlily.org.hk/eng/helpinfo',
    phone: '2375 5322',
    source: 'rainlily.org.hk',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'solid-ground',
    name: 'Solid Ground',
    country: 'SG',
    serves: 'all',
    does: 'guide',
    url: 'https://solidground.sg/guides/online-takedown-ibsa',
    source: 'solidground.sg (2021)',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'in-1930',
    name: 'National Cyber Crime Reporting Portal',
    country: 'IN',
    serves: 'all',
    does: 'report',
    url: 'https://cybercrime.gov.in',
    phone: '1930',
    hours: 'always',
    source: 'cybercrime.gov.in',
    noted: NOTED,
    confidence: 'B',
  },
  {
    id: 'drf',
    name: 'Digital Rights Foundation helpline',
    country: 'PK',
    serves: 'all',
    does: 'line',
    url: 'https://digitalrightsfoundation.pk',
    phone: '0800-39393',
    hours: [[1, 7, '9:00', '17:00']],
    source: 'digitalrightsfoundation.pk (2023)',
    noted: NOTED,
    confidence: 'A',
  },
  {
    id: 'safernet',
    name: 'SaferNet Helpline',
    country: 'BR',
    serves: 'all',
    does: 'line',
    url: 'https://helpline.org.br',
    source: 'helpline.org.br',
    noted: NOTED,
    confidence: 'A',
  },
]);

/** Emergency numbers that a source names; other countries get the sentence without a number. */
export const EMERGENCY: Readonly<
  Partial<Record<Country, { readonly number: string; readonly source: string }>>
> = Object.freeze({
  GB: { number: '999', source: 'revengepornhelpline.org.uk' },
  AU: { number: '000', source: 'esafety.gov.au' },
  NZ: { number: '111', source: 'netsafe.org.nz' },
  BR: { number: '190', source: 'helpline.org.br' },
});

/** Whether a row is young enough to be shown at `now` (milliseconds UTC). */
export function isShown(row: { readonly noted: string }, now: number): boolean {
  return now - Date.parse(row.noted) < SHOWN_DAYS * 86_400_000;
}

/** Rows for a country, its own before those of the world; with how many were left out because they are too old. */
export function servicesFor(
  country: Country,
  now: number,
  serves: (service: Service) => boolean = () => true,
): { readonly shown: readonly Service[]; readonly old: number } {
  const fitting = SERVICES.filter(
    (each) => (each.country === country || each.country === 'world') && serves(each),
  );
  const shown = fitting.filter((each) => isShown(each, now));
  const own = shown.filter((each) => each.country !== 'world');
  const world = shown.filter((each) => each.country === 'world');
  return { shown: [...own, ...world], old: fitting.length - shown.length };
}

/** The country that a browser's language tags name, if there are rows for it: a guess that the person can change. */
export function guessCountry(tags: readonly string[]): Country {
  for (const tag of tags) {
    const region = tag.split('-').find((part) => /^[A-Z]{2}$/.test(part));
    const found = COUNTRIES.find((each) => each === region);
    if (found !== undefined) return found;
  }
  return 'world';
}
