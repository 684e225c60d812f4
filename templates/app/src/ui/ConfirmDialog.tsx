import { Button } from '@aws-amplify/ui-react';
import type { ReactNode } from 'react';

import { Dialog } from './Dialog';

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
  return (
    <Dialog title={title} onClose={onCancel}>
      {children}
      <div className="actions">
        <Button autoFocus onClick={onCancel}>
          Cancel
        </Button>
        <Button variation="destructive" isLoading={isBusy} onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </div>
    </Dialog>
  );
}
