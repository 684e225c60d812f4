// Whose the records are that callers name: what is another organization's is not there for them.
import { groupsOf } from '../shared/caller';
import { getRow } from '../shared/tables';

export interface Organization {
  id: string;
  /** The sign-in group of those who work with its dashboards. */
  team: string;
  /** The sign-in group of those who see what is shown to them. */
  viewers: string;
}

export interface Dashboard {
  id: string;
  organizationId: string;
  team: string;
  viewers?: string | null;
}

export interface Widget {
  id: string;
  title: string;
  eventType?: string | null;
  hours?: number | null;
  refreshInterval?: number | null;
  refreshedAt?: string | null;
  dashboardId: string;
  team: string;
  viewers?: string | null;
}

type Caller = Parameters<typeof groupsOf>[0];

/** A row of a team that who calls is in. */
export async function findOwn<T extends { team: string }>(
  table: string,
  id: string,
  caller: Caller,
) {
  const found = await getRow<T>(table, { id });
  const groups = groupsOf(caller);
  if (!found || !(groups.includes('admins') || groups.includes(found.team))) {
    throw new Error('There is no such record, or it is not that of your team');
  }
  return found;
}
