import { createContext, use } from 'react';

export interface Scope {
  prefix: string;
  /** Inside an optional group nothing is required until something has been entered. */
  isOptional: boolean;
  /** What the fields hold of the record that is edited; nothing while a new one is made. */
  values?: ReadonlyMap<string, unknown> | undefined;
  /** What the address says that a new record begins with. */
  given?: URLSearchParams | undefined;
  /** Whether the record is a new one, although there are values to begin with. */
  isNew?: boolean;
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

/** Whether a field may not be changed: it is part of the key of the record that is edited. */
export function useIsFixed(isKey: boolean): boolean {
  const { values, isNew = false } = use(ScopeContext);
  return isKey && values !== undefined && !isNew;
}

/** What a field begins with: the value of the record that is edited, what is given, or `initial`. */
export function useInitialValue(name: string, initial?: unknown): unknown {
  const { values, given } = use(ScopeContext);
  return values ? (values.get(name) ?? undefined) : (given?.get(name) ?? initial);
}

/** The fields of a record or of an object in one, by name. */
export function valuesOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>(
    typeof value === 'object' && value !== null ? Object.entries(value) : [],
  );
}
