/**
 * Which addresses this node may be sent to by somebody else's word: those of the public internet, and what the operator
 * named. Anything else would let who configures an endpoint reach into the operator's own network by this node's hand
 * (server-side request forgery): its database, its cloud's metadata, its neighbours.
 *
 * The networks that are refused are those of the IANA special-purpose registries (RFC 6890 and its updates).
 * @module
 */

import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const SPECIAL = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Public by its number, and from inside Azure the address of its metadata and health service.
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  SPECIAL.addSubnet(network, bits, 'ipv4');
}
// Of IPv6 the global unicast space is what is left open, but for what carries an IPv4 address or is for documents.
const GLOBAL = new BlockList();
GLOBAL.addSubnet('2000::', 3, 'ipv6');
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  SPECIAL.addSubnet(network, bits, 'ipv6');
}

/** Whether `address` (IPv4 or IPv6, without brackets) is of the public internet. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !SPECIAL.check(address, 'ipv4');
    case 6:
      return GLOBAL.check(address, 'ipv6') && !SPECIAL.check(address, 'ipv6');
    default:
      return false;
  }
}

/** How far an address may lead: anywhere public; to loopback, by the name `localhost`; or, as named, anywhere. */
export type Reach = 'public' | 'loopback' | 'named';

/**
 * How far this node may follow `text`, which somebody else gave: `undefined` for not at all.
 * @param named `host:port` of addresses that the operator allows although they are private
 */
export function reachOf(
  text: string,
  named: readonly string[],
): { readonly url: URL; readonly reach: Reach } | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  if (named.includes(`${url.hostname}:${port}`)) return { url, reach: 'named' };
  if (url.hostname === 'localhost') return { url, reach: 'loopback' };
  if (url.protocol !== 'https:') return undefined;
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0 && !isPublicAddress(bare)) return undefined;
  return { url, reach: 'public' };
}

/**
 * A lookup for `http.request` that answers only addresses within `reach`. The check stands where the connection is made:
 * a name that was public when it was configured may lead inwards when it is asked again.
 */
export function lookupWithin(reach: Reach): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error !== null) return callback(error, '', 0);
      const allowed = found.filter(({ address }) => {
        if (reach === 'named') return true;
        return reach === 'loopback' ? /^(127\.|::1$)/.test(address) : isPublicAddress(address);
      });
      const [first] = allowed;
      if (first === undefined) {
        return callback(Object.assign(new Error('address refused'), { code: 'EADDRREFUSED' }), '', 0);
      }
      if (options.all === true) return callback(null, allowed);
      return callback(null, first.address, first.family);
    });
  };
}
