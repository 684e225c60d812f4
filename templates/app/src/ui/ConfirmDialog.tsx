import { Button } from '@aws-amplify/ui-react';
import { useId, type ReactNode } from 'react';

import { useModal } from './useModal';

interface ConfirmDialogProps {
  title: string;
  confirmLabel: string;
  isBusy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** Asks before something that cannot be undone. Escape and Cancel close it. */
export function ConfirmDialog({
  title,
  confirmLabel,
  isBusy = false,
  onConfirm,
  onCancel,
  children,
}: ConfirmDialogProps) {
  const dialog = useModal();
  const headingId = useId();

  return (
    <dialog ref={dialog} className="panel dialog" aria-labelledby={headingId} onCancel={onCancel}>
      <h2 id={headingId}>{title}</h2>
      {children}
      <div className="actions">
        <Button autoFocus onClick={onCancel}>
          Cancel
        </Button>
        <Button variation="destructive" isLoading={isBusy} onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </div>
    </dialog>
  );
}
