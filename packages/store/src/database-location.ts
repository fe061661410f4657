/**
 * Where the database is: the embedded one, or the PostgreSQL server that `DATABASE_URL` names.
 *
 * The address is a PostgreSQL connection URI (documentation 34.1.1.2): `postgres://` or `postgresql://`, user,
 * password, one host, port, database, and of the parameters only those below. Unknown ones are refused rather than
 * ignored, since a misspelt `sslmode` would send everything in the clear. An address is never repeated in an error:
 * it holds a password.
 * @module
 */

/** A server's address, taken apart. `host` is a name, an address, or the directory of a socket (begins with `/`). */
export type ServerAddress = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly encryption: Encryption;
};

/**
 * How the connection is protected. `none`: in the clear. `unverified`: encrypted, to whoever answers
 * (`sslmode=require`). `verified`: certificate and host name are checked (`verify-full`), against `caFile` when given.
 */
export type Encryption =
  | { readonly kind: 'none' }
  | { readonly kind: 'unverified' }
  | { readonly kind: 'verified'; readonly caFile: string | undefined };

/** The database that the settings ask for. */
export type DatabaseLocation =
  | { readonly kind: 'embedded'; readonly dataDir: string }
  | { readonly kind: 'server'; readonly address: ServerAddress };

/** Why an address is refused. */
export type LocationRefusal =
  | 'not-a-postgres-url'
  | 'several-hosts'
  | 'no-host'
  | 'no-user'
  | 'no-database'
  | 'bad-escape'
  | 'unknown-parameter'
  | 'unknown-sslmode';

/** A location, or the reason why there is none. */
export type ParsedLocation =
  | { readonly ok: true; readonly location: DatabaseLocation }
  | { readonly ok: false; readonly reason: LocationRefusal };

/**
 * Reads the location from the value of `DATABASE_URL`; absent or empty means the embedded database in `dataDir`.
 * Without `sslmode` a connection is not encrypted, as with the driver: right for a socket or the same machine, and the
 * caller should warn about any other.
 */
export function parseDatabaseLocation(databaseUrl: string | undefined, dataDir: string): ParsedLocation {
  const text = databaseUrl?.trim() ?? '';
  if (text === '') return { ok: true, location: { kind: 'embedded', dataDir } };
  if (!/^postgres(ql)?:\/\//.test(text)) return refuse('not-a-postgres-url');
  if (/^[^/]*\/\/[^/?#]*,/.test(text.replace(/\/\/[^/?#]*@/, '//'))) return refuse('several-hosts');
  if (!URL.canParse(text)) return refuse('not-a-postgres-url');
  const url = new URL(text);
  try {
    return fromUrl(url);
  } catch (error) {
    if (error instanceof URIError) return refuse('bad-escape');
    throw error;
  }
}

/** True when nobody between this process and the server could read along: a socket, this machine, or encryption. */
export function isPrivateConnection(address: ServerAddress): boolean {
  if (address.encryption.kind !== 'none' || address.host.startsWith('/')) return true;
  return /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(address.host);
}

const PARAMETERS: ReadonlySet<string> = new Set(['host', 'sslmode', 'sslrootcert']);

function fromUrl(url: URL): ParsedLocation {
  const parameters = url.searchParams;
  for (const name of parameters.keys()) {
    if (!PARAMETERS.has(name) || parameters.getAll(name).length > 1) return refuse('unknown-parameter');
  }
  if (url.hash !== '') return refuse('not-a-postgres-url');
  const host = decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1') || (parameters.get('host') ?? '');
  if (host === '') return refuse('no-host');
  if (host.includes(',')) return refuse('several-hosts');
  const user = decodeURIComponent(url.username);
  if (user === '') return refuse('no-user');
  const database = decodeURIComponent(url.pathname.slice(1));
  if (database === '') return refuse('no-database');
  const encryption = encryptionOf(parameters.get('sslmode'), parameters.get('sslrootcert') ?? undefined);
  if (encryption === undefined) return refuse('unknown-sslmode');
  const port = url.port === '' ? 5432 : Number(url.port);
  const password = url.password === '' ? undefined : decodeURIComponent(url.password);
  return {
    ok: true,
    location: { kind: 'server', address: { host, port, database, user, password, encryption } },
  };
}

function encryptionOf(mode: string | null, caFile: string | undefined): Encryption | undefined {
  switch (mode) {
    case null:
    case 'disable':
      // A certificate that would never be looked at is a mistake, and the person who made it must hear of it.
      return caFile === undefined ? { kind: 'none' } : undefined;
    case 'require':
      // As in libpq: with a root certificate at hand, `require` verifies as well. Here it also checks the name.
      return caFile === undefined ? { kind: 'unverified' } : { kind: 'verified', caFile };
    case 'verify-full':
      return { kind: 'verified', caFile };
    default:
      // `allow` and `prefer` fall back to the clear without a word; `verify-ca` trusts any name of a public authority.
      return undefined;
  }
}

function refuse(reason: LocationRefusal): ParsedLocation {
  return { ok: false, reason };
}
