import { createContext, use } from 'react';

/** What a page searches for, for its parts. */
export const SearchTextContext = createContext('');

export function useSearchText(): string {
  return use(SearchTextContext);
}
