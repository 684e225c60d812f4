import { env } from '$amplify/env/refresh-widgets';
import type { EventBridgeHandler } from 'aws-lambda';
import type { EventTotal } from '../analytics/events';
import type { Dashboard, Widget } from '../analytics/teams';
import {
  allRows,
  changed,
  created,
  deleted,
  getRow,
  MOST_WRITES,
  put,
  queryRows,
  rowsBy,
  transact,
  type Write,
} from '../shared/tables';

interface Figure {
  id: string;
  timestamp: string;
  value: number;
  viewers?: string | null;
}

interface Alert {
  id: string;
  name: string;
  comparison: 'above' | 'below';
  threshold: number;
  severity?: string | null;
  isActive?: boolean | null;
  isRaised?: boolean | null;
}

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const HOURS = 24;
const NOTICE_DAYS = 90;
// The clock that starts this does not do so to the second.
const EARLY = 30 * 1000;

const seconds = (time: number) => Math.floor(time / 1000);

function isDue({ refreshedAt, refreshInterval }: Widget, now: number) {
  const interval = (refreshInterval ?? 0) * 1000;
  return !refreshedAt || Date.parse(refreshedAt) + interval - EARLY <= now;
}

/** How many events each of the last hours had that had any. */
async function countsOf(organizationId: string, { eventType, hours }: Widget, now: number) {
  const totals = await queryRows<EventTotal & { count: number }>({
    TableName: env.EVENT_TOTAL_TABLE,
    IndexName: 'byOrganization',
    KeyConditionExpression: 'organizationId = :organization AND #hour > :since',
    ExpressionAttributeNames: { '#hour': 'hour' },
    ExpressionAttributeValues: {
      ':organization': organizationId,
      ':since': new Date(now - (hours ?? HOURS) * HOUR).toISOString(),
    },
  });
  const counts = new Map<string, number>();
  for (const total of totals.filter((item) => !eventType || item.eventType === eventType)) {
    counts.set(total.hour, (counts.get(total.hour) ?? 0) + total.count);
  }
  return counts;
}

/** What makes the figures that there are those that there should be. */
async function figureWrites(widget: Widget, counts: Map<string, number>) {
  const table = env.AGGREGATED_DATA_TABLE;
  const { id: widgetId, team, viewers, hours } = widget;
  const known = await rowsBy<Figure>(table, 'byWidget', 'widgetId', widgetId);
  const right = new Set(
    known
      .filter((row) => counts.get(row.timestamp) === row.value)
      .filter((row) => (row.viewers ?? null) === (viewers ?? null))
      .map(({ timestamp }) => timestamp),
  );
  const kept = (hours ?? HOURS) * HOUR + DAY;
  return [
    ...known
      .filter(({ timestamp }) => !counts.has(timestamp))
      .map(({ id }) => deleted(table, { id })),
    ...[...counts]
      .filter(([timestamp]) => !right.has(timestamp))
      .map(([timestamp, value]) =>
        put(table, 'AggregatedData', {
          id: `${widgetId}:${timestamp}`,
          widgetId,
          timestamp,
          value,
          team,
          viewers,
          expiresAt: seconds(Date.parse(timestamp) + kept),
        }),
      ),
  ];
}

/** Raises an alert when a figure comes beyond its limit, once until it is back. */
function alertWrites(alert: Alert, { title, team }: Widget, total: number, now: number): Write[] {
  const { id, name, comparison, threshold, severity } = alert;
  const isRaised = comparison === 'above' ? total > threshold : total < threshold;
  const where = { isRaised: alert.isRaised };
  if (!alert.isActive || isRaised === Boolean(alert.isRaised)) return [];
  if (!isRaised) return [changed(env.ALERT_TABLE, { id }, { set: { isRaised }, where })];
  const date = new Date(now).toISOString();
  return [
    changed(env.ALERT_TABLE, { id }, { set: { isRaised, lastTriggered: date }, where }),
    created(env.ALERT_NOTICE_TABLE, 'AlertNotice', {
      id: `${id}:${date}`,
      alertId: id,
      message: `${name}: ${title} is ${total}, ${comparison} ${threshold}`,
      severity,
      value: total,
      date,
      team,
      expiresAt: seconds(now + NOTICE_DAYS * DAY),
    }),
  ];
}

async function refresh(widget: Widget, now: number) {
  const { id, dashboardId } = widget;
  const dashboard = await getRow<Dashboard>(env.DASHBOARD_TABLE, { id: dashboardId });
  if (!dashboard) {
    // Nobody sees it any more.
    await transact([deleted(env.WIDGET_TABLE, { id })]);
    return;
  }
  const shown = { ...widget, viewers: dashboard.viewers };
  const counts = await countsOf(dashboard.organizationId, widget, now);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const writes = await figureWrites(shown, counts);
  for (let at = 0; at < writes.length; at += MOST_WRITES) {
    await transact(writes.slice(at, at + MOST_WRITES));
  }
  for (const alert of await rowsBy<Alert>(env.ALERT_TABLE, 'byWidget', 'widgetId', id)) {
    // Another run may have raised it in this moment; then nothing is written.
    const raised = alertWrites(alert, widget, total, now);
    if (raised.length) await transact(raised);
  }
  const set = { total, refreshedAt: new Date(now).toISOString(), viewers: shown.viewers };
  await transact([changed(env.WIDGET_TABLE, { id }, { set })]);
}

// Computes the figures of the widgets whose turn it is, and raises the alerts on them.
export const handler: EventBridgeHandler<'Scheduled Event', null, void> = async () => {
  const now = Date.now();
  const widgets = await allRows<Widget>(env.WIDGET_TABLE);
  for (const widget of widgets.filter((item) => isDue(item, now))) {
    try {
      await refresh(widget, now);
    } catch (error) {
      console.error(JSON.stringify({ level: 'error', widget: widget.id, error: String(error) }));
    }
  }
};
