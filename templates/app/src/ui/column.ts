import type { ReactNode } from 'react';

/** One property of a record as people see it. */
export interface Column<Row> {
  header: string;
  cell: (row: Row) => ReactNode;
}
