import { createContext, use } from 'react';

export interface Scope {
  prefix: string;
  /** Inside an optional group nothing is required until something has been entered. */
  isOptional: boolean;
}

export const ScopeContext = createContext<Scope>({ prefix: '', isOptional: false });

export interface FieldProps {
  name: string;
  label: string;
  hint?: string | undefined;
  isRequired?: boolean | undefined;
}

/** The props that all Amplify UI fields share, with the name as seen from the whole form. */
export function useFieldProps({ name, label, hint, isRequired = false }: FieldProps) {
  const { prefix, isOptional } = use(ScopeContext);
  return {
    name: prefix + name,
    label,
    descriptiveText: hint,
    isRequired: isRequired && !isOptional,
  };
}
