import { SelectField } from '@aws-amplify/ui-react';

import { titleOf, type ListRecords, type Summarize } from '../data/api';
import { useAll } from '../data/useAll';
import { toInput } from './initial';
import { useFieldProps, useInitialValue, useIsFixed, type FieldProps } from './scope';
import { ErrorMessage } from './States';

interface RelationPickerProps<Row> extends FieldProps {
  list: ListRecords<Row>;
  summarize: Summarize<Row>;
  isKey?: boolean;
}

/** Chooses a related record. The value submitted is the record's id. */
export function RelationPicker<Row>({
  list,
  summarize,
  isKey = false,
  ...props
}: RelationPickerProps<Row>) {
  const { state, retry } = useAll(list);
  const field = useFieldProps(props);
  const initial = toInput(useInitialValue(props.name), 'text') ?? '';
  const isFixed = useIsFixed(isKey);

  if (state.status === 'error') {
    return <ErrorMessage title={props.label} message={state.error} onRetry={retry} />;
  }
  const isLoading = state.status === 'loading';
  const options = (state.value?.rows ?? [])
    .map((row) => {
      const summary = summarize(row);
      return { id: summary.id, title: titleOf(summary) };
    })
    .filter(({ id }) => !isFixed || id === initial)
    .sort((one, other) => one.title.localeCompare(other.title));

  return (
    <SelectField
      // The choice that is there already can be made when the options are there.
      key={state.status}
      {...field}
      defaultValue={initial}
      descriptiveText={state.value?.isComplete === false ? 'The first 1,000' : props.hint}
      isDisabled={isLoading}
      aria-busy={isLoading}
    >
      {!isFixed && (
        <option value="">{placeholder(isLoading, options.length, field.isRequired)}</option>
      )}
      {initial !== '' && options.every(({ id }) => id !== initial) && (
        <option value={initial}>{initial}</option>
      )}
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
