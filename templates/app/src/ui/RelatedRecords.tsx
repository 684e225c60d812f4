import { useMemo } from 'react';

import { belongingTo } from '../data/belonging';
import { RecordDetail, type RecordDetailProps } from './RecordDetail';
import { RecordList } from './RecordList';
import { beginningWith, type RelatedList } from './related';
import { hrefTo, useHashRoute } from './router';

interface RelatedRecordsProps<Row> extends RecordDetailProps<Row> {
  /** None for what the record itself belongs to, which its own fields say. */
  lists: readonly RelatedList<Row>[];
  param: string;
  /** The address of their own page up to the id; without one they are shown on this page. */
  detailHref?: string;
}

/** What belongs to the record that the address names, or one of these where it names that, too. */
export function RelatedRecords<Row extends object>({
  lists,
  detailHref,
  ...detail
}: RelatedRecordsProps<Row>) {
  const { noun, source, actions, param } = detail;
  const { path, params } = useHashRoute();
  const id = params.get('id');
  if (params.has(param) || (id === null && lists.length === 0)) {
    return <RecordDetail {...detail} />;
  }
  return id === null
    ? null
    : lists.map((list) => (
        <Related
          key={`${list.title} ${id}`}
          id={id}
          noun={noun}
          source={source}
          actions={actions}
          detailHref={detailHref ?? `${hrefTo(path)}?id=${encodeURIComponent(id)}&${param}=`}
          {...list}
        />
      ));
}

interface RelatedProps<Row>
  extends RelatedList<Row>, Pick<RecordDetailProps<Row>, 'noun' | 'source' | 'actions'> {
  id: string;
  detailHref: string;
}

function Related<Row extends object>({
  id,
  title,
  noun,
  source,
  belonging,
  fields,
  actions,
  isGiven = false,
  detailHref,
}: RelatedProps<Row>) {
  const own = useMemo(() => belongingTo(id, belonging, source), [id, belonging, source]);
  const offered = isGiven && actions ? beginningWith(actions, belonging.of(id)) : actions;
  return (
    <RecordList
      title={title}
      noun={noun}
      source={own}
      fields={fields}
      detailHref={detailHref}
      actions={offered}
    />
  );
}
