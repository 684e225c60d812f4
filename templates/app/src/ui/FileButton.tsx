import type { ChangeEvent, ComponentPropsWithRef } from 'react';

import { LIMITS, type FileKind } from '../data/fileTypes';
import './FileButton.css';

interface FileButtonProps extends Omit<ComponentPropsWithRef<'input'>, 'accept' | 'onChange'> {
  kind: FileKind;
  onFiles: (files: readonly File[]) => void;
}

/** A button that lets people choose files of a kind. */
export function FileButton({ kind, onFiles, children, ...input }: FileButtonProps) {
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) =>
    onFiles(Array.from(currentTarget.files ?? []));
  const accept = Object.keys(LIMITS[kind].types).join(',');
  return (
    <label className="amplify-button amplify-button--small file-button">
      {children}
      <input {...input} type="file" accept={accept} onChange={choose} />
    </label>
  );
}
