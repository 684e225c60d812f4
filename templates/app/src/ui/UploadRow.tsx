import { Button } from '@aws-amplify/ui-react';

import { formatSize } from '../data/fileTypes';
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

/** One file: how far it is, and what can be done with it. */
export function UploadRow({ item, onRetry, onDrop }: UploadRowProps) {
  const { file, status, problem, failure, share } = item;
  const isSending = status === 'sending';
  return (
    <li className={`upload upload-${status}`}>
      <p className="upload-name">{file.name}</p>
      <p className="muted">
        {formatSize(file.size)} · {STATUS[status]}
        {problem !== undefined && `: ${problem}`}
      </p>
      {isSending && (
        <progress value={share} aria-label={`Uploading ${file.name}`}>
          {Math.round(share * 100)} %
        </progress>
      )}
      {status !== 'saving' && (
        <Button
          size="small"
          variation="link"
          aria-label={isSending ? `Cancel ${file.name}` : `Remove ${file.name} from the list`}
          onClick={onDrop}
        >
          {isSending ? 'Cancel' : 'Remove'}
        </Button>
      )}
      {failure && <ErrorMessage failure={failure} onRetry={onRetry} />}
    </li>
  );
}
