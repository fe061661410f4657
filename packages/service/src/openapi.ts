/**
 * The published document (OpenAPI 3.1), so far as it does not follow from the schemas alone: who may ask a route, as the guard
 * has it; errors with their own media type (RFC 9457); what is no JSON; and the body of the check, which is read by its route.
 * @module
 */

import { wireCheckRequest } from '@reclaim/casework/wire';
import { PERMISSIONS, scopesOf } from '@reclaim/casework/wire-staff';
import type { FastifyContextConfig } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The media type of a good answer, where it is no JSON. */
    readonly answers?: string;
  }
}

type Input = Parameters<typeof jsonSchemaTransform>[0];
type Output = ReturnType<typeof jsonSchemaTransform>;
type Documented = Record<string, unknown>;

/** How somebody shows who they are: a key, or the cookie of a session (its name begins with `__Host-` under https). */
export const SECURITY_SCHEMES = {
  key: { type: 'http', scheme: 'bearer' },
  session: { type: 'apiKey', in: 'cookie', name: '__Host-reclaim_staff' },
} as const;

/** What opens a route: one of these is enough, and an empty list is nothing. Scopes and permissions stand as role names. */
export function securityOf({
  scopes,
  session,
  permissions = [],
}: FastifyContextConfig): readonly Record<string, readonly string[]>[] {
  if (session !== undefined) {
    return permissions.length === 0 ? [{ session: [] }] : permissions.map((each) => ({ session: [each] }));
  }
  if (scopes === undefined || scopes === 'public') return [];
  const byKey = scopes.map((scope) => ({ key: [scope] }));
  const persons = PERMISSIONS.filter((each) => scopes.some((scope) => scopesOf([each]).includes(scope)));
  return [...byKey, ...persons.map((each) => ({ session: [each] }))];
}

/** A route as it is published. */
export function describeRoute(input: Input): Output {
  const config: FastifyContextConfig = input.route.config ?? {};
  const checks = input.url === '/v1/check';
  const source = checks ? { ...input, schema: { ...input.schema, body: wireCheckRequest } } : input;
  const { schema, url } = jsonSchemaTransform(source as Input);
  if ((schema as Documented)['hide'] === true) return { schema, url };
  const said = schema as Documented;
  const response = Object.fromEntries(
    Object.entries((said['response'] ?? {}) as Record<string, Documented>).map(([status, answer]) => [
      status,
      typed(status, answer, config.answers),
    ]),
  );
  const described = { ...said, security: securityOf(config), response };
  return { schema: (checks ? { ...described, ...checkInput(said['body']) } : described) as never, url };
}

function typed(status: string, answer: Documented, answers: string | undefined): Documented {
  const type = /^[45]/.test(status) ? 'application/problem+json' : answers;
  if (type === undefined) return answer;
  const schema = type === 'application/problem+json' ? answer : { type: 'string', format: 'binary' };
  const { description = 'Default Response' } = answer;
  return { description, content: { [type]: { schema } } };
}

/** The three ways in which a check is asked. */
function checkInput(json: unknown): Documented {
  const file = { type: 'string', format: 'binary' };
  return {
    body: {
      content: {
        'application/json': { schema: json },
        'application/octet-stream': { schema: file },
        'image/*': { schema: file },
        'multipart/form-data': {
          schema: {
            type: 'object',
            description: 'Up to 64 pairs: a field `item`, the item as JSON, and after it its file.',
            properties: { item: { type: 'string' }, file },
            required: ['item', 'file'],
          },
        },
      },
    },
    headers: {
      type: 'object',
      properties: Object.fromEntries(
        [
          ['reclaim-item-id', "The platform's own id of the item, where a picture is the body"],
          ['reclaim-preview-url', 'Where a reviewer may see it'],
          ['reclaim-account', "The platform's own id of the account"],
          ['reclaim-keep-days', '1 to 366: keep the signals of what passes'],
        ].map(([name, description]) => [name, { type: 'string', description }]),
      ),
    },
  };
}
