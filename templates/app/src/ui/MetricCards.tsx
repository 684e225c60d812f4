import { useMemo } from 'react';

import { titleOf } from '../data/api';
import { belongingTo } from '../data/belonging';
import type { Source } from '../data/source';
import { Charts } from './Charts';
import { ListPanel } from './ListPanel';
import { MetricChart, type Metric } from './MetricChart';
import { RecordActions, type Actions } from './RecordActions';
import { beginningWith, type RelatedList } from './related';
import { RecordLink } from './RecordLink';
import { useHashRoute } from './router';

interface MetricCardsProps<Row, Value> {
  /** What one of those is called that belong to the record: "widget". */
  noun: string;
  source: Source<Row>;
  lists: readonly RelatedList<Row>[];
  actions?: Actions;
  /** The address of a page with one of them, up to its id. */
  detailHref?: string;
  metrics: readonly Metric<Value>[];
}

/** A chart for each number of what belongs to the record that the address names. */
export function MetricCards<Row extends object, Value extends object>({
  lists,
  ...cards
}: MetricCardsProps<Row, Value>) {
  const id = useHashRoute().params.get('id');
  return (
    id !== null &&
    lists.map((list) => <Cards key={`${list.title} ${id}`} id={id} {...cards} {...list} />)
  );
}

interface CardsProps<Row, Value>
  extends RelatedList<Row>, Omit<MetricCardsProps<Row, Value>, 'lists'> {
  id: string;
}

function Cards<Row extends object, Value extends object>({
  id,
  title,
  noun,
  source,
  belonging,
  isGiven = false,
  actions,
  detailHref,
  metrics,
}: CardsProps<Row, Value>) {
  const own = useMemo(() => belongingTo(id, belonging, source), [id, belonging, source]);
  const offered = isGiven && actions ? beginningWith(actions, belonging.of(id)) : actions;
  const { summarize } = source;
  return (
    <ListPanel title={title} noun={noun} source={own} actions={offered}>
      {(pages) => (
        <Charts>
          {pages.rows.flatMap((row) => {
            const summary = summarize(row);
            const name = titleOf(summary);
            const footer = (
              <>
                {detailHref !== undefined && (
                  <RecordLink detailHref={detailHref} id={summary.id}>
                    {name}
                  </RecordLink>
                )}
                {actions && (
                  <RecordActions
                    actions={actions}
                    record={row}
                    id={summary.id}
                    title={name}
                    onRemoved={() => pages.drop(row)}
                  />
                )}
              </>
            );
            return metrics.map((metric) => (
              <MetricChart
                key={`${metric.unit} ${summary.id}`}
                id={summary.id}
                title={metrics.length > 1 ? `${name}: ${metric.unit}` : name}
                metric={metric}
                footer={footer}
              />
            ));
          })}
        </Charts>
      )}
    </ListPanel>
  );
}
