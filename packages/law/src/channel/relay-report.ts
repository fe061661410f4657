/**
 * The report to Cloudflare about intimate images, which it relays to the host and the owner of a site: its limits, and how the
 * links of a case are split into reports that keep them.
 *
 * From the types of Cloudflare's official client, version 7.3.0 (abuse reports). A report holds one host name. Host and owner
 * are told anonymously, always: the type of this file has no other value, because a name that reached the owner cannot be taken back.
 * Even so the report may reach the public archive Lumen.
 * @module
 */

/** The longest values of the fields, in characters, and the most links in a report. */
export const RELAY_LIMITS = { links: 250, name: 255, comments: 2000 } as const;

/** One report: the links of one host, and what its switches say. */
export interface RelayReport {
  readonly host: string;
  /** At most 250, each once. Secrets. */
  readonly links: readonly string[];
  readonly hostNotification: 'send-anon';
  readonly ownerNotification: 'send-anon' | 'none';
  /** Whether the reporter is the person shown. */
  readonly subjectRepresentation: boolean;
}

/**
 * The links as reports: by host, in the order in which the hosts came, at most 250 each. A hostile owner is not told at all.
 */
export function relayReports(
  links: readonly { readonly host: string; readonly link: string }[],
  facts: { readonly byPersonShown: boolean; readonly hostileOwner: boolean },
): readonly RelayReport[] {
  const byHost = new Map<string, Set<string>>();
  for (const { host, link } of links) {
    const known = byHost.get(host);
    if (known === undefined) byHost.set(host, new Set([link]));
    else known.add(link);
  }
  const reports: RelayReport[] = [];
  for (const [host, all] of byHost) {
    const list = [...all];
    for (let at = 0; at < list.length; at += RELAY_LIMITS.links) {
      reports.push({
        host,
        links: list.slice(at, at + RELAY_LIMITS.links),
        hostNotification: 'send-anon',
        ownerNotification: facts.hostileOwner ? 'none' : 'send-anon',
        subjectRepresentation: facts.byPersonShown,
      });
    }
  }
  return reports;
}
