/**
 * How the StopNCII feed is asked: address, headers, and where to begin (python-threatexchange 1.2.16, `stop_ncii`).
 * @module
 */

/** What an organisation was given to ask with. */
export type FeedAccess = {
  /** The feed's address, without `/FetchHashes`. */
  readonly baseUrl: string;
  /** Of the function FetchHashes alone. */
  readonly functionKey: string;
  readonly subscriptionKey: string;
};

/** A question over HTTP GET. */
export type FeedQuestion = { readonly url: string; readonly headers: Readonly<Record<string, string>> };

/** Where to begin the first time, and whenever all is asked for anew. */
export const FROM_THE_START = 10;

/** How many records are asked for at once. */
const PAGE_SIZE = 800;

/** What a key may be: one header value, and nothing that could end it. */
export const FEED_KEY = /^[\x21-\x7e]{1,256}$/;

/** The question for the records since `from`, in the feed's own time; `token` for the pages after the first. */
export function feedQuestion(access: FeedAccess, from: number, token?: string): FeedQuestion {
  const url = new URL(`${access.baseUrl.replace(/\/+$/, '')}/FetchHashes`);
  url.searchParams.set('startTimestamp', String(from));
  url.searchParams.set('pageSize', String(PAGE_SIZE));
  if (token !== undefined) url.searchParams.set('nextPageToken', token);
  return {
    url: url.href,
    headers: { 'x-functions-key': access.functionKey, 'ocp-apim-subscription-key': access.subscriptionKey },
  };
}
