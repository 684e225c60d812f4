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
      {picture && <Picture path={picture.path} alt={picture.alt} />}
      <p role="status">
        {picture?.title}
        {!isOnly && ` (${index + 1} of ${pictures.length})`}
      </p>
      <div className="actions">
        {!isOnly && <Button onClick={() => turn(-1)}>Previous</Button>}
        {!isOnly && <Button onClick={() => turn(1)}>Next</Button>}
        {/* Closed by the browser, which then gives the focus back. */}
        <Button autoFocus variation="primary" onClick={() => dialog.current?.close()}>
          Close
        </Button>
      </div>
    </dialog>
  );
}
