import type { ReactNode } from 'react';

/** One property of a record as people see it. */
export interface Column<Row> {
  header: string;
  /** Where the value is, for what takes it as it is. */
  field: keyof Row & string;
  cell: (row: Row) => ReactNode;
}
