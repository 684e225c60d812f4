import { Autocomplete, type ComboBoxOption } from '@aws-amplify/ui-react';
import { use, useCallback, useRef, useState, type ChangeEvent } from 'react';

import { titleOf, type Page, type Summary } from '../data/api';
import type { Search } from '../data/query';
import { useList } from '../data/useList';
import { TouchContext } from './unsaved';
import { useDebounced } from './useDebounced';

interface RecordPickerProps {
  label: string;
  choices: Search<Summary>;
  /** The name of the field in a form, which holds the record's id. */
  name?: string;
  descriptiveText?: string | undefined;
  isRequired?: boolean;
  isReadOnly?: boolean;
  chosen?: { id: string; title: string } | undefined;
  onChoose?: (id: string, title: string) => void;
  /** Whether it is ready for another one once a record is chosen. */
  isEmptiedAfter?: boolean;
}

const summarize = (summary: Summary) => summary;
const NONE = { id: '', title: '' };
const MORE: ComboBoxOption = { id: 'more', label: 'Show more…' };

/** Finds a record by its title. */
export function RecordPicker({
  choices,
  name,
  chosen: first = NONE,
  onChoose,
  isEmptiedAfter = false,
  ...field
}: RecordPickerProps) {
  const input = useRef<HTMLInputElement>(null);
  const touch = use(TouchContext);
  const [chosen, setChosen] = useState(first);
  const [text, setText] = useState(first.title);
  const wanted = useDebounced(text === chosen.title ? '' : text.trim());
  const list = useCallback((page: Page) => choices(wanted, page), [choices, wanted]);
  const pages = useList({ list, summarize });

  const choose = (next: typeof NONE) => {
    const shown = isEmptiedAfter ? NONE : next;
    setChosen(shown);
    setText(shown.title);
    input.current?.setCustomValidity('');
    touch();
    onChoose?.(next.id, next.title);
  };

  const write = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    setText(currentTarget.value);
    if (currentTarget.value === '') {
      choose(NONE);
    } else {
      currentTarget.setCustomValidity('Choose one of the records.');
    }
  };

  const options = pages.rows.map((row): ComboBoxOption => ({ id: row.id, label: titleOf(row) }));

  return (
    <>
      <Autocomplete
        {...field}
        ref={input}
        labelHidden={false}
        options={pages.hasMore ? [...options, MORE] : options}
        optionFilter={() => true}
        value={text}
        isLoading={pages.status === 'loading'}
        menuSlots={{
          ariaLabel: field.label,
          LoadingIndicator: 'Loading…',
          Empty: pages.error?.message ?? 'Nothing is found.',
        }}
        onChange={write}
        onClear={() => choose(NONE)}
        onSelect={(option) =>
          option === MORE ? pages.loadMore() : choose({ id: option.id, title: option.label })
        }
      />
      {name !== undefined && <input type="hidden" name={name} value={chosen.id} />}
    </>
  );
}
