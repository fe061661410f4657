/**
 * Addresses that circulate and are wrong, disputed or unsafe. They are kept so that nobody adds them again: a test compares
 * every row with this list, and an operator's own rows are held against it too.
 * @module
 */

/** A rejected address. */
export interface RejectedAddress {
  /** As it circulates, without scheme. */
  readonly address: string;
  readonly claimed: string;
  readonly why: string;
}

/** Every rejected address. */
export const REJECTED_ADDRESSES: readonly RejectedAddress[] = [
  rejected(
    'help.snapchat.com/hc/en-us/requests/new?co=true&ticket_form_id=149423',
    'Snapchat form for intimate images',
    'several public programs use it to restore streaks',
  ),
  rejected('xvideos.com/legal/takedown', 'removal form', 'its own source marks it unconfirmed'),
  rejected('xnxx.com/legal/takedown', 'removal form', 'its own source marks it unconfirmed'),
  rejected(
    'facebook.com/help/contact/567360146613371',
    'Meta form for intimate images',
    'a survivor organisation lists it as the general privacy form (2026-07)',
  ),
  rejected(
    'support.google.com/youtube/answer/2802268',
    'YouTube form for intimate images',
    'the text of the policy on harassment, no form (general knowledge)',
  ),
  rejected('onlyfans.com/contact', 'OnlyFans', 'one guide only; other sources use mail'),
  rejected('contact@reddit.com', 'Reddit', 'old help text, replaced by forms'),
  rejected('d4u.or.kr', 'Korean centre', 'independent sources use d4u.stop.or.kr'),
  rejected(
    'grievance-in@telegram.org',
    'Telegram, India',
    'the same project names it and says elsewhere that there is no such officer',
  ),
  rejected(
    'help.porn-hub.website',
    'Pornhub help',
    'mirror domain; only pornhub.com and help.pornhub.com may be given',
  ),
  rejected(
    'help-pornhub.mrst.one',
    'Pornhub help',
    'mirror domain; only pornhub.com and help.pornhub.com may be given',
  ),
];

/** A citation that circulates and names the wrong law. */
export const REJECTED_CITATION: { readonly cite: string; readonly why: string } = {
  cite: '15 U.S.C. 6851 as the removal duty of the TAKE IT DOWN Act',
  why: 'that section is the civil right of action; the duty to remove is 47 U.S.C. 223a',
};

/** Whether an address is on the list, whatever its scheme, capitals, leading `www.` or trailing slash. */
export function isRejected(address: string): boolean {
  const plain = plainAddress(address);
  return REJECTED_ADDRESSES.some((each) => plainAddress(each.address) === plain);
}

function plainAddress(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^(https?:\/\/|mailto:)/, '')
    .replace(/^www\./, '')
    .replace(/\/+$/, '');
}

function rejected(address: string, claimed: string, why: string): RejectedAddress {
  return { address, claimed, why };
}
