import type { ReactNode } from 'react';

import type { Rule } from '../data/access';
import type { ListRecords } from '../data/api';
import type { Moment } from '../data/newest';
import type { Source } from '../data/source';

/** How records are read as things that somebody said at some time. */
export interface Timeline<Row> {
  source: Source<Row>;
  text: (row: Row) => string | null | undefined;
  title?: (row: Row) => string | null | undefined;
  at: (row: Row) => Moment;
  author?: (row: Row) => ReactNode;
  /** The files that belong to what was said. */
  files?: (row: Row) => ReactNode;
  /** How many of what there are: likes, comments. */
  counts?: readonly { label: string; of: (row: Row) => number | null | undefined }[];
  /** By what a user's own records are known. */
  own?: Rule;
  /** The records newest first, where the API can sort them. */
  list?: ListRecords<Row>;
  /** What those have in common that `list` finds. */
  only?: { field: keyof Row; value: unknown };
}
