import { Button } from '@aws-amplify/ui-react';

import { formatSize } from '../data/fileTypes';
import { Progress } from './Progress';
import { ErrorMessage } from './States';
import type { UploadItem } from './useUploads';

interface UploadRowProps {
  item: UploadItem;
  onRetry: () => void;
  onDrop: () => void;
}

const STATUS: Readonly<Record<UploadItem['status'], string>> = {
  refused: 'Not accepted',
  waiting: 'Ready',
  sending: 'Uploading…',
  saving: 'Saving…',
  failed: 'Not uploaded',
  done: 'Uploaded',
};

/** What the button says; else that it takes the file from the list. */
const VERBS: Readonly<Partial<Record<UploadItem['status'], string>>> = {
  refused: 'Dismiss',
  sending: 'Cancel',
  done: 'Dismiss',
};

/** One file: how far it is, and what can be done with it. */
export function UploadRow({ item, onRetry, onDrop }: UploadRowProps) {
  const { file, status, problem, failure, share } = item;
  const verb = VERBS[status] ?? 'Remove';
  return (
    <li className={`upload upload-${status}`}>
      <p className="upload-name">{file.name}</p>
      <p className="muted">
        {formatSize(file.size)} · {STATUS[status]}
        {problem !== undefined && `: ${problem}`}
      </p>
      {status === 'sending' && <Progress label={`Uploading ${file.name}`} share={share} />}
      {status !== 'saving' && (
        <Button size="small" variation="link" aria-label={`${verb} ${file.name}`} onClick={onDrop}>
          {verb}
        </Button>
      )}
      {failure && <ErrorMessage failure={failure} onRetry={onRetry} />}
    </li>
  );
}
