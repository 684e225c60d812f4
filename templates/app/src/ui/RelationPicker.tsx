import { useCallback } from 'react';

import { titleOf, type GetRecord, type Page } from '../data/api';
import { summaries } from '../data/query';
import type { Source } from '../data/source';
import { useRecord } from '../data/useRecord';
import { inSentence } from '../data/words';
import { toInput } from './initial';
import { RecordPicker } from './RecordPicker';
import { useFieldProps, useInitialValue, useIsFixed, type FieldProps } from './scope';
import { Loading } from './States';

interface RelationPickerProps<Row> extends FieldProps {
  source: Source<Row>;
  get: GetRecord<Row>;
  isKey?: boolean;
}

/** Chooses a related record. The value submitted is the record's id. */
export function RelationPicker<Row>(props: RelationPickerProps<Row>) {
  const id = toInput(useInitialValue(props.name), 'text') ?? '';
  return id === '' ? <Picker {...props} /> : <ChangingPicker id={id} {...props} />;
}

function ChangingPicker<Row>({ id, ...props }: RelationPickerProps<Row> & { id: string }) {
  const { record, status } = useRecord(props.get, id);
  if (status === 'loading') {
    return <Loading label={`Loading ${inSentence(props.label)}…`} />;
  }
  // A record that cannot be read may be kept all the same.
  const title = record ? titleOf(props.source.summarize(record)) : id;
  return <Picker chosen={{ id, title }} {...props} />;
}

interface PickerProps<Row> extends Omit<RelationPickerProps<Row>, 'get'> {
  chosen?: { id: string; title: string };
}

function Picker<Row>({ source, isKey = false, chosen, ...props }: PickerProps<Row>) {
  const field = useFieldProps(props);
  const isFixed = useIsFixed(isKey);
  const choices = useCallback(
    (text: string, page: Page) => summaries(source, text, page),
    [source],
  );
  return <RecordPicker {...field} choices={choices} chosen={chosen} isReadOnly={isFixed} />;
}
