import { Button } from '@aws-amplify/ui-react';
import { use, useRef, useState, type ReactNode } from 'react';

import { ScopeContext } from './scope';

interface GroupProps {
  name: string;
  legend: string;
  isOptional?: boolean;
  children: ReactNode;
}

/** Fields of a nested object. Their names are relative to the group's. */
export function Group({ name, legend, isOptional = false, children }: GroupProps) {
  const scope = use(ScopeContext);
  return (
    <fieldset className="group">
      <legend>{legend}</legend>
      <ScopeContext
        value={{
          prefix: `${scope.prefix}${name}.`,
          isOptional: scope.isOptional || isOptional,
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
  const { prefix } = use(ScopeContext);
  const [entries, setEntries] = useState<readonly number[]>([]);
  const nextEntry = useRef(0);
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
          <Group name={`${name}.${entry}`} legend={`${legend} ${index + 1}`}>
            {children}
            <Button size="small" onClick={() => remove(entry)}>
              Remove {legend} {index + 1}
            </Button>
          </Group>
        </div>
      ))}
      <Button ref={addButton} size="small" onClick={add}>
        Add entry
      </Button>
    </fieldset>
  );
}
