import { Button } from '@aws-amplify/ui-react';
import { use, useId, useRef } from 'react';

import { mayUse, type Folder } from '../data/files';
import type { FileKind } from '../data/fileTypes';
import { useUser } from '../data/user';
import { ListInput } from './fields';
import { FileButton } from './FileButton';
import { FileField } from './FileField';
import { FileHeld } from './FileHeld';
import { RegisterFileContext } from './formFiles';
import { useFieldProps, useInitialValue, type FieldProps } from './scope';
import { useFilesField, type FileItem } from './useFilesField';

interface FilesInputProps extends FieldProps {
  /** Where files are uploaded. */
  folder: Folder;
  kind: FileKind;
  /** Whether other records may have the same files, so that these stay when they are taken away. */
  isShared?: boolean;
}

/** A field for any number of files; for their paths in a form that stores no files. */
export function FilesInput({ folder, kind, isShared = false, ...field }: FilesInputProps) {
  return use(RegisterFileContext) ? (
    <StoredFilesInput folder={folder} kind={kind} isShared={isShared} {...field} />
  ) : (
    <ListInput {...field} />
  );
}

function StoredFilesInput({
  folder,
  kind,
  isShared,
  ...props
}: FilesInputProps & { isShared: boolean }) {
  const { name, label, descriptiveText, isRequired } = useFieldProps(props);
  const value = useInitialValue(props.name);
  const initial: unknown[] = Array.isArray(value) ? value : [];
  const user = useUser();
  const id = useId();
  const aboutId = useId();
  const input = useRef<HTMLInputElement>(null);
  const files = useFilesField({
    name,
    folder,
    kind,
    initial: initial.filter((path) => typeof path === 'string'),
    isShared,
  });
  const { items, problem, share } = files;
  const mayWrite = mayUse(folder, user, 'write');

  const add = (chosen: readonly File[]) => {
    files.add(chosen);
    if (input.current) {
      // The same file can then be chosen again.
      input.current.value = '';
    }
  };

  const remove = (item: FileItem) => {
    files.remove(item);
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
        onCancel={files.cancel}
        held={
          items.length > 0 && (
            <ol className="files-held">
              {items.map((item, index) => (
                <li key={item.key}>
                  <FileHeld path={item.path} chosen={item.file} />
                  {share === undefined && (
                    <div className="actions">
                      {index > 0 && (
                        <Button
                          size="small"
                          variation="link"
                          aria-label={`Move ${nameOf(item, index)} up`}
                          onClick={() => files.advance(item)}
                        >
                          Up
                        </Button>
                      )}
                      <Button
                        size="small"
                        variation="link"
                        aria-label={`Remove ${nameOf(item, index)}`}
                        onClick={() => remove(item)}
                      >
                        Remove
                      </Button>
                    </div>
                  )}
                </li>
              ))}
            </ol>
          )
        }
      >
        <FileButton
          ref={input}
          id={id}
          kind={kind}
          multiple
          required={isRequired && items.length === 0}
          aria-describedby={aboutId}
          aria-invalid={problem !== undefined}
          onFiles={add}
        >
          {items.length > 0 ? 'Add files' : 'Choose files'}
        </FileButton>
      </FileField>
      <input type="hidden" name={name} value={items.map(({ path }) => path).join('\n')} />
    </>
  );
}

function nameOf({ file }: FileItem, index: number): string {
  return file?.name ?? `file ${index + 1}`;
}
