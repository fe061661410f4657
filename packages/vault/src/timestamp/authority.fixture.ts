/**
 * A timestamping authority of this machine: a root, an authority below it, and `openssl ts` that answers. Its keys are
 * made anew for each test and thrown away.
 * @module
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCertificates } from './pem.ts';

/** A local authority. */
export type LocalAuthority = {
  /** Answers a question in DER, with the authority's own clock. */
  readonly answer: (query: Uint8Array) => Uint8Array<ArrayBuffer>;
  /** Signs the content of another authority's answer as if it were its own. */
  readonly signAgain: (content: Uint8Array) => Uint8Array<ArrayBuffer>;
  readonly rootPem: string;
  readonly root: Uint8Array<ArrayBuffer>;
  readonly close: () => void;
};

/** What is wrong with an authority, on purpose. `openssl ts` refuses to answer for such a one; `cms` signs all the same. */
export type Oddity = 'not-for-stamping';

/** Makes an authority. `name` stands in its certificates. */
export function localAuthority(name: string, oddity?: Oddity): LocalAuthority {
  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-authority-'));
  const inFolder = (...args: readonly string[]) =>
    execFileSync('openssl', [...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const usage = oddity === 'not-for-stamping' ? 'codeSigning' : 'critical,timeStamping';
  writeFileSync(
    path.join(folder, 'openssl.cnf'),
    `[req]
distinguished_name = dn
prompt = no
[dn]
CN = ${name}
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[authority]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = ${usage}
[tsa]
default_tsa = here
[here]
serial = ./serial
signer_cert = ./authority.pem
signer_key = ./authority.key
certs = ./root.pem
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`,
  );
  mkdirSync(path.join(folder, 'work'));
  writeFileSync(path.join(folder, 'serial'), '01\n');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-config', 'openssl.cnf'];
  inFolder(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
    '-days',
    '3650',
    '-extensions',
    'root',
  );
  inFolder('req', '-new', ...key, '-subj', `/CN=${name} stamps`, '-keyout', 'authority.key', '-out', 'a.csr');
  inFolder(
    ...['x509', '-req', '-in', 'a.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial'],
    ...['-out', 'authority.pem', '-days', '3650', '-extfile', 'openssl.cnf', '-extensions', 'authority'],
  );
  const rootPem = readFileSync(path.join(folder, 'root.pem'), 'utf8');
  return {
    rootPem,
    root: readCertificates(rootPem)[0]!,
    answer: (query) => {
      writeFileSync(path.join(folder, 'work/q.tsq'), query);
      inFolder('ts', '-reply', '-config', 'openssl.cnf', '-queryfile', 'work/q.tsq', '-out', 'work/r.tsr');
      return new Uint8Array(readFileSync(path.join(folder, 'work/r.tsr')));
    },
    signAgain: (content) => {
      writeFileSync(path.join(folder, 'work/c.der'), content);
      inFolder(
        ...[
          'cms',
          '-sign',
          '-binary',
          '-nodetach',
          '-in',
          'work/c.der',
          '-outform',
          'DER',
          '-out',
          'work/t.der',
        ],
        ...['-econtent_type', '1.2.840.113549.1.9.16.1.4', '-cades', '-md', 'sha256'],
        ...['-signer', 'authority.pem', '-inkey', 'authority.key', '-certfile', 'root.pem'],
      );
      const token = readFileSync(path.join(folder, 'work/t.der'));
      const length = token.length + 5;
      return Uint8Array.of(0x30, 0x82, length >> 8, length & 255, 0x30, 0x03, 0x02, 0x01, 0x00, ...token);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
