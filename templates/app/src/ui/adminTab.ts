import { createContext } from 'react';

/** The name of the tab that is shown. */
export const AdminContext = createContext('');
