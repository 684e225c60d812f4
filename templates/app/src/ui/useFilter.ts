import { useCallback, useState } from 'react';

import type { ListRecords, Page } from '../data/api';
import type { Query, SortDirection } from '../data/query';
import type { Source } from '../data/source';
import { useList, type RecordPages } from '../data/useList';
import { useDebounced } from './useDebounced';

/** What a person chose to see: records with a title, or those that a query finds. */
export interface Choice<Row> {
  text: string;
  query: Query<Row> | undefined;
  value: string;
  direction: SortDirection;
}

export interface Filter<Row> extends Choice<Row> {
  change: (changes: Partial<Choice<Row>>) => void;
  /** The records that were chosen. */
  list: ListRecords<Row>;
  isOn: boolean;
}

/** The records that a person chose to see, page by page; new ones appear while all are shown. */
export function useFilteredList<Row>(source: Source<Row>): {
  filter: Filter<Row>;
  pages: RecordPages<Row>;
} {
  const { summarize, watch } = source;
  const filter = useFilter(source);
  const pages = useList({ list: filter.list, summarize, watch, takesNew: !filter.isOn });
  return { filter, pages };
}

function useFilter<Row>({ list, search }: Source<Row>): Filter<Row> {
  const [choice, setChoice] = useState<Choice<Row>>({
    text: '',
    query: undefined,
    value: '',
    direction: 'ASC',
  });
  const { query, direction } = choice;
  const text = useDebounced(choice.text.trim());
  const value = useDebounced(choice.value.trim());
  const isFound = search !== undefined && text !== '';
  const isQueried = query !== undefined && value !== '';

  const chosen = useCallback(
    (page: Page) => {
      if (isQueried) {
        return query.list(value, direction, page);
      }
      return isFound ? search(text, page) : list(page);
    },
    [list, search, text, isFound, query, value, direction, isQueried],
  );

  return {
    ...choice,
    change: (changes) => setChoice((before) => ({ ...before, ...changes })),
    list: chosen,
    isOn: isFound || isQueried,
  };
}
