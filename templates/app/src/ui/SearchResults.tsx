import { useCallback } from 'react';

import type { Page } from '../data/api';
import type { Source } from '../data/source';
import { useList } from '../data/useList';
import { useUser } from '../data/user';
import type { Column } from './column';
import { Pager } from './Pager';
import { Panel } from './Panel';
import { RecordCards } from './RecordCards';
import { useSearchText } from './searchText';

interface SearchResultsProps<Row> {
  title: string;
  source: Source<Row>;
  fields: readonly Column<Row>[];
  detailHref?: string;
}

/** The records of one model that have what is searched for in their texts, or in their title. */
export function SearchResults<Row extends object>({
  title,
  source,
  fields,
  detailHref,
}: SearchResultsProps<Row>) {
  const text = useSearchText();
  const user = useUser();
  const { list: listAll, find, onlyUsersFind = false, summarize } = source;
  const search = find && (user || !onlyUsersFind) ? find : source.search;
  const list = useCallback(
    (page: Page) => (search ? search(text, page) : listAll(page)),
    [listAll, search, text],
  );
  const pages = useList({ list, summarize });

  return (
    <Panel title={title}>
      <RecordCards pages={pages} summarize={summarize} fields={fields} detailHref={detailHref} />
      <Pager pages={pages} isFiltered />
    </Panel>
  );
}
