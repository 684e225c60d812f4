import { Button } from '@aws-amplify/ui-react';
import { use, useCallback, useId, useRef } from 'react';

import { mayUse, type Folder } from '../data/files';
import type { FileKind } from '../data/fileTypes';
import { useUser } from '../data/user';
import { inSentence } from '../data/words';
import { TextInput } from './fields';
import { FileButton } from './FileButton';
import { FileField } from './FileField';
import { FileHeld } from './FileHeld';
import { RegisterFileContext } from './formFiles';
import { useFieldProps, useInitialValue, type FieldProps } from './scope';
import { useFileField } from './useFileField';

interface FileInputProps extends FieldProps {
  /** Where files are uploaded. */
  folder: Folder;
  kind: FileKind;
  defaultValue?: string;
  /** Whether other records may have the same file, so that it stays when it is replaced. */
  isShared?: boolean;
}

/** A field for a file; for its path in a form that stores no files. */
export function FileInput({ folder, kind, isShared, ...field }: FileInputProps) {
  return use(RegisterFileContext) ? (
    <StoredFileInput folder={folder} kind={kind} isShared={isShared ?? false} {...field} />
  ) : (
    <TextInput {...field} />
  );
}

function StoredFileInput({
  folder,
  kind,
  isShared,
  defaultValue = '',
  ...props
}: FileInputProps & { isShared: boolean }) {
  const { name, label, descriptiveText, isRequired } = useFieldProps(props);
  const value = useInitialValue(props.name, defaultValue);
  const initial = typeof value === 'string' ? value : '';
  const user = useUser();
  const id = useId();
  const aboutId = useId();
  const input = useRef<HTMLInputElement>(null);
  const stays = useCallback(
    (path: string) => isShared || path === defaultValue,
    [isShared, defaultValue],
  );
  const file = useFileField({ name, folder, kind, initial, isShared: stays });
  const { present, chosen, problem, share } = file;
  const hasFile = chosen !== undefined || present !== '';
  const mayWrite = mayUse(folder, user, 'write');

  const clear = () => {
    if (input.current) {
      input.current.value = '';
    }
  };

  const choose = ([first]: readonly File[]) => {
    file.choose(first);
    if (first === undefined) {
      clear();
    }
  };

  const remove = () => {
    clear();
    file.remove();
    input.current?.focus();
  };

  return (
    <>
      <FileField
        id={id}
        aboutId={aboutId}
        label={label}
        descriptiveText={descriptiveText}
        kind={kind}
        mayWrite={mayWrite}
        problem={problem}
        share={share}
        onCancel={file.cancel}
        held={<FileHeld path={present} chosen={chosen} />}
      >
        <FileButton
          ref={input}
          id={id}
          name={name}
          kind={kind}
          required={isRequired && !hasFile}
          aria-describedby={aboutId}
          aria-invalid={problem !== undefined}
          onFiles={choose}
        >
          {hasFile ? 'Replace' : 'Choose a file'}
        </FileButton>
        {hasFile && (chosen !== undefined || !isRequired) && (
          <Button
            size="small"
            variation="link"
            aria-label={`Remove ${chosen?.name ?? inSentence(label)}`}
            onClick={remove}
          >
            Remove
          </Button>
        )}
      </FileField>
      <input type="hidden" name={name} value={chosen?.name ?? present} />
    </>
  );
}
