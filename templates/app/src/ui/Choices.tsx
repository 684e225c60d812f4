import { CheckboxField } from '@aws-amplify/ui-react';

import { useFieldProps, useInitialValue, type FieldProps } from './scope';

interface ChoicesProps<T extends string> extends Omit<FieldProps, 'isRequired'> {
  labels: Readonly<Record<T, string>>;
  defaultValue?: readonly NoInfer<T>[];
}

/** Any number of the given options. */
export function Choices<T extends string>({
  labels,
  defaultValue = [],
  ...field
}: ChoicesProps<T>) {
  const { name, label, descriptiveText } = useFieldProps(field);
  const initial = useInitialValue(field.name, defaultValue);
  const checked = new Set<unknown>(Array.isArray(initial) ? initial : []);
  return (
    <fieldset className="group">
      <legend>{label}</legend>
      {descriptiveText && <p className="muted">{descriptiveText}</p>}
      {Object.entries<string>(labels).map(([value, option]) => (
        <CheckboxField
          key={value}
          name={name}
          value={value}
          label={option}
          defaultChecked={checked.has(value)}
        />
      ))}
    </fieldset>
  );
}
