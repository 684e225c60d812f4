import { SearchField } from '@aws-amplify/ui-react';
import { useState, type ReactNode } from 'react';

import { replaceParam, useHashRoute } from './router';
import { SearchTextContext } from './searchText';
import { Empty } from './States';
import { useDebounced } from './useDebounced';

/** Finds records of several models at once. What is searched for stands in the address, too. */
export function SearchPage({ children }: { children: ReactNode }) {
  const { params } = useHashRoute();
  const [text, setText] = useState(params.get('q') ?? '');
  const wanted = useDebounced(text.trim());

  const search = (value: string) => {
    setText(value);
    replaceParam('q', value.trim());
  };

  return (
    <>
      <div className="panel" role="search">
        <SearchField
          label="Search"
          labelHidden={false}
          hasSearchButton={false}
          value={text}
          onChange={({ currentTarget }) => search(currentTarget.value)}
          onClear={() => search('')}
        />
      </div>
      <SearchTextContext value={wanted}>
        {wanted === '' ? <Empty>Type what you look for.</Empty> : children}
      </SearchTextContext>
    </>
  );
}
