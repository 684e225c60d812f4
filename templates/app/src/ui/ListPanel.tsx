import type { ReactNode } from 'react';

import type { Source } from '../data/source';
import type { RecordPages } from '../data/useList';
import { FilterBar } from './FilterBar';
import { Pager } from './Pager';
import { Panel } from './Panel';
import { CreateLink, type Actions } from './RecordActions';
import { useFilteredList } from './useFilter';

interface ListPanelProps<Row> {
  title: string;
  /** What one record is called: "order". */
  noun: string;
  source: Source<Row>;
  actions: Actions | undefined;
  /** Shows the records that are loaded. */
  children: (pages: RecordPages<Row>) => ReactNode;
}

/** The records of a model, to filter and to page through, and the way to a new one. */
export function ListPanel<Row>({ title, noun, source, actions, children }: ListPanelProps<Row>) {
  const { filter, pages } = useFilteredList(source);
  const create = <CreateLink actions={actions} noun={noun} />;
  return (
    <Panel title={title} action={create}>
      <FilterBar title={title} source={source} filter={filter} />
      {children(pages)}
      <Pager pages={pages} isFiltered={filter.isOn} action={create} />
    </Panel>
  );
}
