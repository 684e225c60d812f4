import { SelectField } from '@aws-amplify/ui-react';

import { titleOf, type ListRecords, type Summarize } from '../data/api';
import { useAll } from '../data/useAll';
import { useFieldProps, type FieldProps } from './scope';
import { ErrorMessage } from './States';

interface RelationPickerProps<Row> extends FieldProps {
  list: ListRecords<Row>;
  summarize: Summarize<Row>;
}

/** Chooses a related record. The value submitted is the record's id. */
export function RelationPicker<Row>({ list, summarize, ...props }: RelationPickerProps<Row>) {
  const { state, retry } = useAll(list);
  const field = useFieldProps(props);

  if (state.status === 'error') {
    return <ErrorMessage title={props.label} message={state.error} onRetry={retry} />;
  }
  const isLoading = state.status === 'loading';
  const options = (state.value?.rows ?? [])
    .map((row) => {
      const summary = summarize(row);
      return { id: summary.id, title: titleOf(summary) };
    })
    .sort((one, other) => one.title.localeCompare(other.title));

  return (
    <SelectField
      {...field}
      descriptiveText={state.value?.isComplete === false ? 'The first 1,000' : props.hint}
      isDisabled={isLoading}
      aria-busy={isLoading}
    >
      <option value="">{placeholder(isLoading, options.length, field.isRequired)}</option>
      {options.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </SelectField>
  );
}

function placeholder(isLoading: boolean, count: number, isRequired: boolean): string {
  if (isLoading) {
    return 'Loading…';
  }
  if (count === 0) {
    return 'Nothing to choose from yet';
  }
  return isRequired ? 'Choose…' : 'None';
}
