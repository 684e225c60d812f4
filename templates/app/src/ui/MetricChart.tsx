import './Metrics.css';

import { useMemo } from 'react';

import { belongingTo, type Belonging } from '../data/belonging';
import type { Moment } from '../data/days';
import type { Source } from '../data/source';
import { useAll } from '../data/useAll';
import { ChartPanel, type ChartProps } from './ChartPanel';
import { sumsOverTime } from './sums';
import { Trend } from './Trend';

/** A number that records have at some time, and how those of one record are found. */
export interface Metric<Row> {
  title: string;
  unit: string;
  source: Source<Row>;
  belonging: Belonging<Row>;
  at: (row: Row) => Moment;
  of: (row: Row) => number | null | undefined;
}

interface MetricChartProps<Row> extends Pick<ChartProps<Row>, 'title' | 'footer'> {
  /** Of the record that the numbers belong to. */
  id: string;
  metric: Metric<Row>;
}

/** What the numbers of a record come to, and how they went. */
export function MetricChart<Row extends object>({ id, metric, ...panel }: MetricChartProps<Row>) {
  const { unit, source, belonging, at, of } = metric;
  const own = useMemo(() => belongingTo(id, belonging, source), [id, belonging, source]);
  const records = useAll(own);
  return (
    <ChartPanel
      {...panel}
      unit={unit}
      records={records}
      toPoints={(rows) => sumsOverTime(rows, { at, of })}
    >
      {(points) => (
        <>
          <p className="metric">
            {points.reduce((sum, { value }) => sum + value, 0).toLocaleString()}
          </p>
          <Trend unit={unit} points={points} />
        </>
      )}
    </ChartPanel>
  );
}
