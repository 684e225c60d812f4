import type { ReactNode } from 'react';

/** One property of a record as people see it. */
export interface Column<Row> {
  header: string;
  /** Where the value is, for what takes it as it is. */
  field: keyof Row & string;
  /** The property that says what its number is an amount of, and is not shown by itself. */
  unit?: { header: string; field: keyof Row & string };
  /** Whether it is a number, which tables align with those above and below. */
  isNumber?: boolean;
  /** Whether it needs all the room there is beside other properties. */
  isWide?: boolean;
  cell: (row: Row) => ReactNode;
}
