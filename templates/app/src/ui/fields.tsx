import { SelectField, SwitchField, TextAreaField, TextField } from '@aws-amplify/ui-react';
import type { ChangeEvent } from 'react';

import { useFieldProps, type FieldProps } from './scope';
import { toLocalInput } from './localTime';

interface TextInputProps extends FieldProps {
  type?: 'text' | 'email' | 'tel' | 'url' | 'number' | 'date' | 'time' | 'datetime-local';
  defaultValue?: string | number;
  placeholder?: string;
  min?: string | number;
  max?: string | number;
  step?: number | 'any';
  minLength?: number;
  maxLength?: number;
  pattern?: string;
}

/** With type `datetime-local`, `defaultValue` is an ISO date or a number of seconds since 1970. */
export function TextInput({
  name,
  label,
  hint,
  isRequired,
  type = 'text',
  defaultValue,
  ...rest
}: TextInputProps) {
  const field = useFieldProps({ name, label, hint, isRequired });
  const initial = type === 'datetime-local' ? toLocalInput(defaultValue) : defaultValue;
  return <TextField {...field} {...rest} type={type} defaultValue={initial} />;
}

interface TextAreaProps extends FieldProps {
  defaultValue?: string;
  rows?: number;
  minLength?: number;
  maxLength?: number;
}

export function TextArea({ name, label, hint, isRequired, ...rest }: TextAreaProps) {
  return <TextAreaField {...useFieldProps({ name, label, hint, isRequired })} {...rest} />;
}

interface JsonInputProps extends FieldProps {
  defaultValue?: string;
}

export function JsonInput({ defaultValue, hint = 'JSON', ...field }: JsonInputProps) {
  return (
    <TextAreaField
      {...useFieldProps({ ...field, hint })}
      className="json-field"
      defaultValue={defaultValue}
      rows={4}
      spellCheck={false}
      onChange={checkJson}
    />
  );
}

function checkJson({ currentTarget }: ChangeEvent<HTMLTextAreaElement>) {
  try {
    JSON.parse(currentTarget.value.trim() || 'null');
    currentTarget.setCustomValidity('');
  } catch (cause) {
    currentTarget.setCustomValidity(
      cause instanceof Error ? `This is not valid JSON: ${cause.message}` : 'This is not JSON.',
    );
  }
}

interface ListInputProps extends FieldProps {
  defaultValue?: readonly string[];
}

export function ListInput({ defaultValue, hint = 'One per line', ...field }: ListInputProps) {
  return (
    <TextAreaField
      {...useFieldProps({ ...field, hint })}
      defaultValue={defaultValue?.join('\n')}
      rows={4}
    />
  );
}

interface ChoiceProps<T extends string> extends FieldProps {
  labels: Readonly<Record<T, string>>;
  defaultValue?: NoInfer<T>;
}

export function Choice<T extends string>({ labels, defaultValue, ...field }: ChoiceProps<T>) {
  const needsPlaceholder = !field.isRequired || defaultValue === undefined;
  return (
    <SelectField {...useFieldProps(field)} defaultValue={defaultValue ?? ''}>
      {needsPlaceholder && <option value="">{field.isRequired ? 'Choose…' : 'None'}</option>}
      {Object.entries<string>(labels).map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </SelectField>
  );
}

interface ToggleProps extends Omit<FieldProps, 'isRequired'> {
  defaultChecked?: boolean;
}

export function Toggle({ defaultChecked = false, ...field }: ToggleProps) {
  const { name, label, descriptiveText } = useFieldProps(field);
  return (
    <div className="toggle">
      <SwitchField name={name} label={label} labelPosition="end" defaultChecked={defaultChecked} />
      {descriptiveText && <p className="muted">{descriptiveText}</p>}
    </div>
  );
}
