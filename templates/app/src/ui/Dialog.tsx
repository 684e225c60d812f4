import { useId, type ReactNode } from 'react';

import { useModal } from './useModal';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A window over the page. Escape closes it; the focus goes back to where it was. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useModal();
  const headingId = useId();

  return (
    <dialog ref={dialog} className="panel dialog" aria-labelledby={headingId} onCancel={onClose}>
      <h2 id={headingId}>{title}</h2>
      {children}
    </dialog>
  );
}
