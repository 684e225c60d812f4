import { useId } from 'react';

import { titleOf, type GetRecord, type ListRecords, type Summarize } from '../data/api';
import { useRecord } from '../data/useRecord';
import type { Column } from './column';
import { Facts } from './Facts';
import { RecordList } from './RecordList';
import { hrefTo, useHashRoute } from './router';
import { Empty, ErrorMessage, Loading } from './States';

interface RecordDetailProps<Row> {
  title: string;
  list: ListRecords<Row>;
  get: GetRecord<Row>;
  summarize: Summarize<Row>;
  fields: readonly Column<Row>[];
  /** The part of the address that holds the record's id. */
  param?: string;
}

/** Shows the record that the address names; without one, lists the records to choose from. */
export function RecordDetail<Row>({
  title,
  list,
  get,
  summarize,
  fields,
  param = 'id',
}: RecordDetailProps<Row>) {
  const { path, params } = useHashRoute();
  const id = params.get(param);

  if (!id) {
    return (
      <RecordList
        title={title}
        list={list}
        summarize={summarize}
        detailHref={`${hrefTo(path)}?${param}=`}
      />
    );
  }
  return (
    <div className="panel">
      <Detail key={id} id={id} get={get} summarize={summarize} fields={fields} />
      <p>
        <a href={hrefTo(path)}>Back to the list: {title}</a>
      </p>
    </div>
  );
}

type DetailProps<Row> = Pick<RecordDetailProps<Row>, 'get' | 'summarize' | 'fields'> & {
  id: string;
};

function Detail<Row>({ id, get, summarize, fields }: DetailProps<Row>) {
  const headingId = useId();
  const { record, status, error, reload } = useRecord(get, id);

  if (status === 'loading') {
    return <Loading />;
  }
  if (error !== undefined) {
    return <ErrorMessage message={error} onRetry={reload} />;
  }
  if (record === undefined) {
    return <Empty>This record does not exist, or you are not allowed to see it.</Empty>;
  }
  return (
    <article aria-labelledby={headingId}>
      <h2 id={headingId}>{titleOf(summarize(record))}</h2>
      <Facts record={record} fields={fields} />
    </article>
  );
}
