import type { Column } from './column';

interface FactsProps<Row> {
  record: Row;
  fields: readonly Column<Row>[];
}

/** The properties of one record as a description list. */
export function Facts<Row>({ record, fields }: FactsProps<Row>) {
  return (
    <dl className="facts">
      {fields.map(({ header, cell, isWide }, index) => (
        <div key={index} className={isWide ? 'wide' : undefined}>
          <dt>{header}</dt>
          <dd>{cell(record)}</dd>
        </div>
      ))}
    </dl>
  );
}
