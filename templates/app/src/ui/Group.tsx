import { Button } from '@aws-amplify/ui-react';
import { use, useRef, useState, type ReactNode } from 'react';

import { ScopeContext, useInitialValue, valuesOf } from './scope';

interface GroupProps {
  name: string;
  legend: string;
  isOptional?: boolean;
  children: ReactNode;
}

/** Fields of a nested object. Their names are relative to the group's. */
export function Group({ name, legend, isOptional = false, children }: GroupProps) {
  const scope = use(ScopeContext);
  const value = useInitialValue(name);
  return (
    <fieldset className="group">
      <legend>{legend}</legend>
      <ScopeContext
        value={{
          prefix: `${scope.prefix}${name}.`,
          isOptional: scope.isOptional || isOptional,
          values: scope.values && valuesOf(value),
        }}
      >
        {children}
      </ScopeContext>
    </fieldset>
  );
}

interface GroupsProps {
  name: string;
  legend: string;
  children: ReactNode;
}

/** A list of nested objects: `children` are the fields of one entry. */
export function Groups({ name, legend, children }: GroupsProps) {
  const { prefix, isOptional } = use(ScopeContext);
  const initial = useInitialValue(name);
  const first: unknown[] = Array.isArray(initial) ? initial : [];
  const [entries, setEntries] = useState<readonly number[]>(first.map((_, index) => index));
  const nextEntry = useRef(first.length);
  const addButton = useRef<HTMLButtonElement>(null);

  const add = () => {
    const entry = nextEntry.current;
    nextEntry.current += 1;
    setEntries([...entries, entry]);
  };

  const remove = (entry: number) => {
    setEntries(entries.filter((other) => other !== entry));
    addButton.current?.focus();
  };

  return (
    <fieldset className="group">
      <legend>{legend}</legend>
      {entries.map((entry, index) => (
        <div key={entry} className="group-entry">
          <input type="hidden" name={prefix + name} value={entry} />
          <ScopeContext
            value={{
              prefix,
              isOptional,
              values:
                entry < first.length ? new Map([[`${name}.${entry}`, first[entry]]]) : undefined,
            }}
          >
            <Group name={`${name}.${entry}`} legend={`${legend} ${index + 1}`}>
              {children}
              <Button size="small" onClick={() => remove(entry)}>
                Remove {legend} {index + 1}
              </Button>
            </Group>
          </ScopeContext>
        </div>
      ))}
      <Button ref={addButton} size="small" onClick={add}>
        Add entry
      </Button>
    </fieldset>
  );
}
