import type { ReactNode } from 'react';

import { titleOf, type GetRecord } from '../data/api';
import type { Source } from '../data/source';
import { useLiveRecord } from '../data/useLiveRecord';
import type { Column } from './column';
import { Facts } from './Facts';
import { useHeading, usePageTitle } from './pageTitle';
import { RecordActions, type Actions } from './RecordActions';
import { RecordList } from './RecordList';
import { goTo, hrefTo, useHashRoute } from './router';
import { ScopeContext, valuesOf } from './scope';
import { Empty, ErrorMessage, Loading } from './States';

export interface RecordDetailProps<Row> {
  title: string;
  /** What one record is called: "order". */
  noun: string;
  source: Source<Row>;
  get: GetRecord<Row>;
  fields: readonly Column<Row>[];
  actions?: Actions;
  /** The part of the address that holds the record's id. */
  param?: string;
  /** What else there is to say of it: to what it is related. */
  children?: ReactNode;
}

/** Shows the record that the address names; without one, lists the records to choose from. */
export function RecordDetail<Row extends object>({
  title,
  noun,
  source,
  get,
  fields,
  actions,
  param = 'id',
  children,
}: RecordDetailProps<Row>) {
  const { path, params } = useHashRoute();
  const id = params.get(param);
  const main = param === 'id' ? null : params.get('id');
  const list = main === null ? path : `${path}?id=${encodeURIComponent(main)}`;

  if (!id) {
    return (
      <RecordList
        title={title}
        noun={noun}
        source={source}
        actions={actions}
        detailHref={`${hrefTo(path)}?${param}=`}
      />
    );
  }
  return (
    <div className="panel">
      <Detail
        key={id}
        id={id}
        get={get}
        source={source}
        fields={fields}
        actions={actions}
        onRemoved={() => goTo(list)}
      >
        {children}
      </Detail>
      <p>
        <a href={hrefTo(list)}>Back to the list: {title}</a>
      </p>
    </div>
  );
}

type DetailProps<Row> = Pick<RecordDetailProps<Row>, 'get' | 'source' | 'fields' | 'children'> & {
  id: string;
  actions: Actions | undefined;
  onRemoved: () => void;
};

function Detail<Row extends object>({
  id,
  get,
  source,
  fields,
  actions,
  onRemoved,
  children,
}: DetailProps<Row>) {
  const { record, status, error, reload } = useLiveRecord(get, id, source);
  const title = record ? titleOf(source.summarize(record)) : '';
  usePageTitle(record && title);
  const { id: headingId, heading } = useHeading(title);

  if (status === 'loading') {
    return <Loading />;
  }
  if (error !== undefined) {
    return <ErrorMessage failure={error} onRetry={reload} />;
  }
  if (record === undefined) {
    return <Empty>This record does not exist, or you are not allowed to see it.</Empty>;
  }
  return (
    <article aria-labelledby={headingId}>
      {heading}
      <Facts record={record} fields={fields} />
      <ScopeContext value={{ prefix: '', isOptional: false, values: valuesOf(record) }}>
        {children}
      </ScopeContext>
      {actions && (
        <RecordActions
          actions={actions}
          record={record}
          id={id}
          title={title}
          onRemoved={onRemoved}
        />
      )}
    </article>
  );
}
