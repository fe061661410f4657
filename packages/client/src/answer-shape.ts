/**
 * Answers that are one field around a schema of the wire: `{ banks: [...] }`, `{ keys: [...] }`, `{ jobId }`. The
 * shapes are put together here without zod, which this room does not need otherwise.
 * @module
 */

import type { Schema } from './node-call.ts';

function fieldOf(value: unknown, field: string): unknown {
  // Own fields alone: what a polluted prototype holds is not what the node said.
  return typeof value === 'object' && value !== null && Object.hasOwn(value, field)
    ? (value as Readonly<Record<string, unknown>>)[field]
    : undefined;
}

/** The answer `{ [field]: … }`, read as what `schema` takes from the field. */
export function inField<T>(field: string, schema: Schema<T>): Schema<T> {
  return { safeParse: (value) => schema.safeParse(fieldOf(value, field)) };
}

/** A list whose every entry `schema` takes. */
export function listOf<T>(schema: Schema<T>): Schema<readonly T[]> {
  return {
    safeParse: (value) => {
      if (!Array.isArray(value)) return { success: false, error: { issues: [{ path: [] }] } };
      const list: T[] = [];
      for (const [at, entry] of value.entries()) {
        const parsed = schema.safeParse(entry);
        if (!parsed.success) {
          const issues = parsed.error.issues.map((issue) => ({ ...issue, path: [at, ...issue.path] }));
          return { success: false, error: { issues } };
        }
        list.push(parsed.data);
      }
      return { success: true, data: list };
    },
  };
}
