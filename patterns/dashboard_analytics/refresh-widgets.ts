import { env } from '$amplify/env/refresh-widgets';
import type { EventBridgeHandler } from 'aws-lambda';
import type { EventTotal } from '../analytics/events';
import { allRows, changed, created, getRow, queryRows, transact } from '../shared/tables';

interface Job {
  id: string;
  widgetId: string;
  intervalSeconds: number;
  nextRun?: string | null;
}

interface Widget {
  dashboardId: string;
  queryConfig?: unknown;
}

interface Question {
  eventType: string | null;
  hours: number;
}

type Total = EventTotal & { count: number };

const HOUR = 60 * 60 * 1000;
const MOST_HOURS = 31 * 24;
const KEPT_DAYS = 30;

/** What a widget asks for: `eventType`, all when absent, of the last `hours`, 24 when absent. */
function questionOf({ queryConfig }: Widget): Question {
  const config: unknown = typeof queryConfig === 'string' ? JSON.parse(queryConfig) : queryConfig;
  const { eventType, hours }: Record<string, unknown> = { ...(config as object | null) };
  return {
    eventType: typeof eventType === 'string' ? eventType : null,
    hours: typeof hours === 'number' && hours >= 1 ? Math.min(hours, MOST_HOURS) : 24,
  };
}

/** The figures of an organization: how many events each hour had that had any. */
async function figures(organizationId: string, { eventType, hours }: Question, now: Date) {
  const totals = await queryRows<Total>({
    TableName: env.EVENT_TOTAL_TABLE,
    IndexName: 'byOrganization',
    KeyConditionExpression: 'organizationId = :organization AND #hour > :since',
    ExpressionAttributeNames: { '#hour': 'hour' },
    ExpressionAttributeValues: {
      ':organization': organizationId,
      ':since': new Date(now.getTime() - hours * HOUR).toISOString(),
    },
  });
  const counts = new Map<string, number>();
  for (const total of totals.filter((item) => !eventType || item.eventType === eventType)) {
    counts.set(total.hour, (counts.get(total.hour) ?? 0) + total.count);
  }
  return {
    total: [...counts.values()].reduce((sum, count) => sum + count, 0),
    hours: [...counts].map(([hour, count]) => ({ hour, count })),
  };
}

async function run({ id, widgetId, intervalSeconds, nextRun }: Job, now: Date) {
  const widget = await getRow<Widget>(env.WIDGET_TABLE, { id: widgetId });
  if (!widget) throw new Error('The widget is gone');
  const key = { id: widget.dashboardId };
  const dashboard = await getRow<{ organizationId: string }>(env.DASHBOARD_TABLE, key);
  if (!dashboard) throw new Error('The dashboard is gone');
  const timestamp = now.toISOString();
  const next = new Date(now.getTime() + intervalSeconds * 1000).toISOString();
  // Another run may have done it in this moment; then nothing is written.
  await transact([
    changed(
      env.AGGREGATION_JOB_TABLE,
      { id },
      { set: { lastRun: timestamp, nextRun: next }, where: { nextRun } },
    ),
    created(env.AGGREGATED_DATA_TABLE, 'AggregatedData', {
      id: `${id}:${timestamp}`,
      widgetId,
      data: await figures(dashboard.organizationId, questionOf(widget), now),
      timestamp,
      ttl: Math.floor(now.getTime() / 1000) + KEPT_DAYS * 24 * 60 * 60,
    }),
  ]);
}

// Computes the figures of the widgets whose turn it is.
export const handler: EventBridgeHandler<'Scheduled Event', null, void> = async () => {
  const now = new Date();
  const jobs = await allRows<Job>(env.AGGREGATION_JOB_TABLE);
  for (const job of jobs.filter(({ nextRun }) => !nextRun || new Date(nextRun) <= now)) {
    try {
      await run(job, now);
    } catch (error) {
      console.error(JSON.stringify({ level: 'error', job: job.id, error: String(error) }));
    }
  }
};
