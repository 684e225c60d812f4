import { randomUUID } from 'node:crypto';
import { env } from '$amplify/env/composing';
import { findOwn, type Dashboard, type Organization, type Widget } from '../analytics/teams';
import type { Call } from '../shared/caller';
import { created, getRow, transact } from '../shared/tables';

type Event = Call<'addDashboard' | 'addWidget' | 'addAlert'>;

const MOST_HOURS = 31 * 24;
const LEAST_INTERVAL = 300;

/** A text without the spaces around it. */
function text(value: string, name: string, most: number) {
  const found = value.trim();
  if (found && found.length <= most) return found;
  throw new Error(`${name} needs 1 to ${most} characters`);
}

function optionalText(value: string | null | undefined, name: string, most: number) {
  return value?.trim() ? text(value, name, most) : undefined;
}

function whole(value: number, name: string, least: number, most = Number.MAX_SAFE_INTEGER) {
  if (value >= least && value <= most) return value;
  throw new Error(`${name} must be ${least} or more, and ${most} at most`);
}

/** The row that a call makes, and its table: of the team that has what it belongs to. */
async function rowOf(event: Event) {
  const id = randomUUID();
  switch (event.fieldName) {
    case 'addDashboard': {
      const { organizationId, title, description, tags } = event.arguments;
      const { team } = await findOwn<Organization>(env.ORGANIZATION_TABLE, organizationId, event);
      const row = {
        id,
        organizationId,
        team,
        title: text(title, 'The title', 120),
        description: optionalText(description, 'The description', 1000),
        tags: tags ?? undefined,
        isPublic: false,
      };
      return { table: env.DASHBOARD_TABLE, typename: 'Dashboard', row };
    }
    case 'addWidget': {
      const { dashboardId, title, eventType, hours, refreshInterval } = event.arguments;
      const found = await findOwn<Dashboard>(env.DASHBOARD_TABLE, dashboardId, event);
      const row = {
        id,
        dashboardId,
        team: found.team,
        viewers: found.viewers,
        title: text(title, 'The title', 120),
        eventType: optionalText(eventType, 'The event type', 100),
        hours: whole(hours ?? 24, 'The number of hours', 1, MOST_HOURS),
        refreshInterval: whole(
          refreshInterval ?? LEAST_INTERVAL,
          'The refresh interval',
          LEAST_INTERVAL,
        ),
      };
      return { table: env.WIDGET_TABLE, typename: 'Widget', row };
    }
    case 'addAlert': {
      const { widgetId, name, description, comparison, threshold, severity } = event.arguments;
      const { team } = await findOwn<Widget>(env.WIDGET_TABLE, widgetId, event);
      const row = {
        id,
        widgetId,
        team,
        name: text(name, 'The name', 120),
        description: optionalText(description, 'The description', 1000),
        comparison,
        threshold,
        severity: severity ?? 'medium',
        isActive: true,
        isRaised: false,
      };
      return { table: env.ALERT_TABLE, typename: 'Alert', row };
    }
  }
}

export async function handler(event: Event) {
  const { table, typename, row } = await rowOf(event);
  await transact([created(table, typename, row)]);
  return getRow(table, { id: row.id });
}
