import { SelectField, SwitchField, TextAreaField, TextField } from '@aws-amplify/ui-react';
import type { ChangeEvent } from 'react';

import { toInput, toJsonInput, toLines } from './initial';
import { useFieldProps, useInitialValue, useIsFixed, type FieldProps } from './scope';
import { saying, type Messages } from './validity';

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
  /** What is said of a value that the API would refuse, as the API says it. */
  messages?: Messages;
  isKey?: boolean;
}

/** With type `datetime-local`, `defaultValue` is an ISO date or a number of seconds since 1970. */
export function TextInput({
  name,
  label,
  hint,
  isRequired,
  type = 'text',
  defaultValue,
  messages,
  isKey = false,
  ...rest
}: TextInputProps) {
  const field = useFieldProps({ name, label, hint, isRequired });
  const initial = toInput(useInitialValue(name, defaultValue), type);
  const isFixed = useIsFixed(isKey);
  return (
    <TextField
      {...field}
      {...rest}
      {...saying(messages)}
      type={type}
      defaultValue={initial}
      isReadOnly={isFixed}
    />
  );
}

interface TextAreaProps extends FieldProps {
  defaultValue?: string;
  rows?: number;
  minLength?: number;
  maxLength?: number;
  messages?: Messages;
}

export function TextArea({
  name,
  label,
  hint,
  isRequired,
  defaultValue,
  messages,
  ...rest
}: TextAreaProps) {
  const initial = toInput(useInitialValue(name, defaultValue), 'text');
  return (
    <TextAreaField
      {...useFieldProps({ name, label, hint, isRequired })}
      {...rest}
      {...saying(messages)}
      defaultValue={initial}
    />
  );
}

interface JsonInputProps extends FieldProps {
  defaultValue?: string;
}

export function JsonInput({ defaultValue, hint = 'JSON', ...field }: JsonInputProps) {
  return (
    <TextAreaField
      {...useFieldProps({ ...field, hint })}
      className="json-field"
      defaultValue={toJsonInput(useInitialValue(field.name, defaultValue))}
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
      defaultValue={toLines(useInitialValue(field.name, defaultValue))}
      rows={4}
    />
  );
}

interface ChoiceProps<T extends string> extends FieldProps {
  labels: Readonly<Record<T, string>>;
  defaultValue?: NoInfer<T>;
}

export function Choice<T extends string>({ labels, defaultValue, ...field }: ChoiceProps<T>) {
  const initial = toInput(useInitialValue(field.name, defaultValue), 'text');
  const needsPlaceholder = !field.isRequired || initial === undefined;
  return (
    <SelectField {...useFieldProps(field)} defaultValue={initial ?? ''}>
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
  const isOn = useInitialValue(field.name, defaultChecked) === true;
  return (
    <div className="toggle">
      <SwitchField name={name} label={label} labelPosition="end" defaultChecked={isOn} />
      {descriptiveText && <p className="muted">{descriptiveText}</p>}
    </div>
  );
}
