import { env } from '$amplify/env/sharing';
import { findOwn, type Dashboard, type Organization, type Widget } from '../analytics/teams';
import type { Call } from '../shared/caller';
import { changed, getRow, rowsBy, transact } from '../shared/tables';

/** Lets a group see rows; one that is gone in the meantime is no loss. */
async function share(table: string, rows: { id: string }[], viewers: string | undefined) {
  for (const { id } of rows) await transact([changed(table, { id }, { set: { viewers } })]);
}

// Who sees a dashboard sees its widgets and figures, so that these say it as well.
export async function handler(event: Call<'showDashboard' | 'hideDashboard'>) {
  const { dashboardId: id } = event.arguments;
  const { organizationId } = await findOwn<Dashboard>(env.DASHBOARD_TABLE, id, event);
  const isPublic = event.fieldName === 'showDashboard';
  const organization = await getRow<Organization>(env.ORGANIZATION_TABLE, { id: organizationId });
  const viewers = isPublic ? organization?.viewers : undefined;
  if (isPublic && !viewers) throw new Error('The organization has no viewers');
  await transact([changed(env.DASHBOARD_TABLE, { id }, { set: { viewers, isPublic } })]);
  const widgets = await rowsBy<Widget>(env.WIDGET_TABLE, 'byDashboard', 'dashboardId', id);
  await share(env.WIDGET_TABLE, widgets, viewers);
  for (const widget of widgets) {
    const table = env.AGGREGATED_DATA_TABLE;
    const figures = await rowsBy<{ id: string }>(table, 'byWidget', 'widgetId', widget.id);
    await share(table, figures, viewers);
  }
  return getRow(env.DASHBOARD_TABLE, { id });
}
