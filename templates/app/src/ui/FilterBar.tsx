import { SearchField, SelectField, TextField } from '@aws-amplify/ui-react';

import type { Query } from '../data/query';
import type { Source } from '../data/source';
import { inSentence } from '../data/words';
import { RecordPicker } from './RecordPicker';
import type { Filter } from './useFilter';

interface FilterBarProps<Row> {
  title: string;
  source: Source<Row>;
  filter: Filter<Row>;
}

/** Chooses which records are shown, and in which order. */
export function FilterBar<Row>({ title, source, filter }: FilterBarProps<Row>) {
  const { queries = [], search, titleLabel } = source;
  const { query, change } = filter;
  if (!search && queries.length === 0) {
    return null;
  }
  return (
    <div className="filter" role="search" aria-label={title}>
      {queries.length > 0 && (
        <SelectField
          size="small"
          label="Show"
          value={query?.label ?? ''}
          onChange={({ currentTarget }) =>
            change({
              query: queries.find(({ label }) => label === currentTarget.value),
              value: '',
              text: '',
            })
          }
        >
          <option value="">All</option>
          {queries.map(({ label }) => (
            <option key={label} value={label}>
              By {inSentence(label)}
            </option>
          ))}
        </SelectField>
      )}
      {query && <QueryFields key={query.label} query={query} filter={filter} />}
      {search && !query && (
        <SearchField
          size="small"
          label={`${titleLabel ?? 'Title'} contains`}
          labelHidden={false}
          hasSearchButton={false}
          value={filter.text}
          onChange={({ currentTarget }) => change({ text: currentTarget.value })}
          onClear={() => change({ text: '' })}
        />
      )}
    </div>
  );
}

function QueryFields<Row>({ query, filter }: { query: Query<Row>; filter: Filter<Row> }) {
  const { value, direction, change } = filter;
  const { label, labels, related, sortedBy } = query;
  return (
    <>
      {labels && (
        <SelectField
          size="small"
          label={label}
          value={value}
          onChange={({ currentTarget }) => change({ value: currentTarget.value })}
        >
          <option value="">Choose…</option>
          {Object.entries(labels).map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </SelectField>
      )}
      {related && (
        <RecordPicker label={label} choices={related} onChoose={(id) => change({ value: id })} />
      )}
      {!labels && !related && (
        <TextField
          size="small"
          label={label}
          value={value}
          onChange={({ currentTarget }) => change({ value: currentTarget.value })}
        />
      )}
      {sortedBy && (
        <SelectField
          size="small"
          label={`${sortedBy} order`}
          value={direction}
          onChange={({ currentTarget }) =>
            change({ direction: currentTarget.value === 'DESC' ? 'DESC' : 'ASC' })
          }
        >
          <option value="ASC">Ascending</option>
          <option value="DESC">Descending</option>
        </SelectField>
      )}
    </>
  );
}
