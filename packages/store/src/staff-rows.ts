/**
 * Members of the staff as they are read: rows to the wire.
 * @module
 */

import { parseUtcMs } from '@reclaim/casework/instant';
import type { WireStaff } from '@reclaim/casework/wire-staff';
import type { Selectable } from 'kysely';
import type { Tables } from './tables.ts';

/** A row of `staff`. */
export type StaffRow = Selectable<Tables['staff']>;

/** A member of the staff as they are answered. */
export function wireStaffOf(row: StaffRow): WireStaff {
  return {
    id: row.id,
    pseudonym: row.pseudonym,
    permissions: row.permissions,
    createdAt: parseUtcMs(row.created_at),
    ...(row.disabled_at === null ? {} : { disabledAt: parseUtcMs(row.disabled_at) }),
  };
}
