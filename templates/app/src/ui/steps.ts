import { createContext } from 'react';

/** What the steps of a wizard are called, and which one is shown. */
export const StepsContext = createContext<{ titles: readonly string[]; step: number }>({
  titles: [],
  step: 0,
});
