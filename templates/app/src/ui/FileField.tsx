import { Button } from '@aws-amplify/ui-react';
import type { ReactNode } from 'react';

import { describe, type FileKind } from '../data/fileTypes';
import { inSentence } from '../data/words';
import { Progress } from './Progress';
import './FileInput.css';

interface FileFieldProps {
  /** Of the input, and of what is said about it. */
  id: string;
  aboutId: string;
  label: string;
  descriptiveText?: ReactNode;
  kind: FileKind;
  mayWrite: boolean;
  problem: string | undefined;
  /** How much is uploaded, from 0 to 1, while it is. */
  share: number | undefined;
  onCancel: () => void;
  /** What the field has. */
  held: ReactNode;
  /** What can be done while nothing is uploaded. */
  children: ReactNode;
}

/** What fields of files have in common: label, progress, and what there is to know. */
export function FileField({
  id,
  aboutId,
  label,
  descriptiveText,
  kind,
  mayWrite,
  problem,
  share,
  onCancel,
  held,
  children,
}: FileFieldProps) {
  return (
    <div className="amplify-field file-field">
      {mayWrite ? (
        <label className="amplify-label" htmlFor={id}>
          {label}
        </label>
      ) : (
        <span className="amplify-label">{label}</span>
      )}
      {held}
      <div className="actions">
        {share === undefined ? (
          mayWrite && children
        ) : (
          <>
            <Progress label={`Uploading ${inSentence(label)}`} share={share} />
            <Button size="small" onClick={onCancel}>
              Cancel
            </Button>
          </>
        )}
      </div>
      <div id={aboutId}>
        {descriptiveText && <p className="muted">{descriptiveText}</p>}
        <p className="muted">
          {mayWrite ? `${describe(kind)}.` : 'You are not allowed to upload files.'}
        </p>
        <p className="file-problem" role="alert">
          {problem}
        </p>
      </div>
    </div>
  );
}
