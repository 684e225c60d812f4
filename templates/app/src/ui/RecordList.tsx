import { useId } from 'react';

import type { Source } from '../data/source';
import { useList } from '../data/useList';
import type { Column } from './column';
import { FilterBar } from './FilterBar';
import { Pager } from './Pager';
import { CreateLink, type Actions } from './RecordActions';
import { RecordCards } from './RecordCards';
import { useFilter } from './useFilter';

interface RecordListProps<Row> {
  title: string;
  /** What one record is called: "order". */
  noun: string;
  source: Source<Row>;
  fields?: readonly Column<Row>[];
  detailHref?: string;
  actions?: Actions | undefined;
}

export function RecordList<Row>({
  title,
  noun,
  source,
  fields = [],
  detailHref,
  actions,
}: RecordListProps<Row>) {
  const headingId = useId();
  const { summarize, watch } = source;
  const filter = useFilter(source);
  const pages = useList({ list: filter.list, summarize, watch, takesNew: !filter.isOn });

  return (
    <section className="panel" aria-labelledby={headingId}>
      <div className="heading">
        <h2 id={headingId}>{title}</h2>
        <CreateLink actions={actions} noun={noun} />
      </div>
      <FilterBar title={title} source={source} filter={filter} />
      <RecordCards pages={pages} summarize={summarize} fields={fields} detailHref={detailHref} />
      <Pager
        pages={pages}
        isFiltered={filter.isOn}
        action={<CreateLink actions={actions} noun={noun} />}
      />
    </section>
  );
}
