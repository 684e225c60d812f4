import { Button } from '@aws-amplify/ui-react';
import type { KeyboardEvent } from 'react';

import { Picture } from './Picture';
import { useModal } from './useModal';

interface LightboxProps {
  pictures: readonly { path: string; title: string; alt: string }[];
  index: number;
  onTurn: (index: number) => void;
  onClose: () => void;
}

/** Shows one picture as large as the window allows. Arrow keys turn to the others. */
export function Lightbox({ pictures, index, onTurn, onClose }: LightboxProps) {
  const dialog = useModal();
  const picture = pictures[index];
  const isOnly = pictures.length === 1;

  const turn = (by: number) => onTurn((index + by + pictures.length) % pictures.length);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowLeft' || key === 'ArrowRight') {
      turn(key === 'ArrowLeft' ? -1 : 1);
    }
  };

  return (
    <dialog
      ref={dialog}
      className="panel dialog lightbox"
      aria-label={picture?.title}
      onKeyDown={onKeyDown}
      onClose={onClose}
    >
      <div className="heading">
        <p role="status">
          {picture?.title}
          {!isOnly && ` (${index + 1} of ${pictures.length})`}
        </p>
        {/* Closed by the browser, which then gives the focus back. */}
        <Button size="small" onClick={() => dialog.current?.close()}>
          Close
        </Button>
      </div>
      {picture && <Picture path={picture.path} alt={picture.alt} />}
      {!isOnly && (
        <div className="actions">
          <Button size="small" onClick={() => turn(-1)}>
            Previous
          </Button>
          <Button size="small" onClick={() => turn(1)}>
            Next
          </Button>
        </div>
      )}
    </dialog>
  );
}
