import { titleOf, type GetRecord, type Summarize } from '../data/api';
import { useRecord } from '../data/useRecord';
import { RecordLink } from './RecordLink';

interface RelatedRecordProps<Row> {
  id: string | number | null | undefined;
  get: GetRecord<Row>;
  summarize: Summarize<Row>;
  detailHref?: string;
}

/** The title of a related record; its id while that is loading or cannot be read. */
export function RelatedRecord<Row>({ id, ...rest }: RelatedRecordProps<Row>) {
  const key = String(id ?? '');
  return key ? <Title id={key} {...rest} /> : '—';
}

function Title<Row>({ id, get, summarize, detailHref }: RelatedRecordProps<Row> & { id: string }) {
  const { record } = useRecord(get, id);
  return (
    <RecordLink detailHref={detailHref} id={id}>
      {record === undefined ? id : titleOf(summarize(record))}
    </RecordLink>
  );
}
