import { titleOf, type GetRecord, type Summarize } from '../data/api';
import { useRecord } from '../data/useRecord';
import { RecordLink } from './RecordLink';

interface RelatedRecordProps<Row> {
  id: string | number | null | undefined;
  get: GetRecord<Row>;
  summarize: Summarize<Row>;
  detailHref?: string;
}

/** The title of a related record, where that is there and can be read. */
export function RelatedRecord<Row>({ id, ...rest }: RelatedRecordProps<Row>) {
  const key = String(id ?? '');
  return key ? <Title id={key} {...rest} /> : '—';
}

function Title<Row>({ id, get, summarize, detailHref }: RelatedRecordProps<Row> & { id: string }) {
  const { record, status } = useRecord(get, id);
  if (record === undefined) {
    // Its id would say nothing to people.
    return status === 'loading' ? '…' : 'Unknown';
  }
  return (
    <RecordLink detailHref={detailHref} id={id}>
      {titleOf(summarize(record))}
    </RecordLink>
  );
}
