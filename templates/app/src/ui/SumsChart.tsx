import { Bars } from './Bars';
import { ChartPanel, type ChartProps } from './ChartPanel';
import { totals } from './series';

type Text = string | null | undefined;

interface SumsChartProps<Row, T extends string> extends ChartProps<Row> {
  of: (row: Row) => number | null | undefined;
  /** What the numbers are amounts of. */
  currency?: string | ((row: Row) => Text);
  by: (row: Row) => T | null | undefined;
  labels: Readonly<Record<T, string>>;
}

/** What a number comes to for each value of an enum. */
export function SumsChart<Row, T extends string>({
  of,
  currency,
  by,
  labels,
  ...panel
}: SumsChartProps<Row, T>) {
  const toPoints = (rows: readonly Row[]) => {
    const found = new Set(rows.map((row) => readCurrency(row, currency)));
    // A sum of amounts in several currencies is in none of them.
    const only = found.size === 1 ? Array.from(found)[0] : undefined;
    return totals(rows, { of, by, labels }).map((point) => ({
      ...point,
      currency: only ?? undefined,
    }));
  };
  return (
    <ChartPanel {...panel} toPoints={toPoints}>
      {(points) => <Bars unit={panel.unit} points={points} />}
    </ChartPanel>
  );
}

function readCurrency<Row>(row: Row, currency: Text | ((row: Row) => Text)): Text {
  return typeof currency === 'function' ? currency(row) : currency;
}
