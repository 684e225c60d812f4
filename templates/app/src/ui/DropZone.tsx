import { useRef, useState, type DragEvent } from 'react';

import { describe, type FileKind } from '../data/fileTypes';
import { FileButton } from './FileButton';

interface DropZoneProps {
  kind: FileKind;
  onFiles: (files: readonly File[]) => void;
}

/** Takes files that are dropped on it, or chosen with its button. */
export function DropZone({ kind, onFiles }: DropZoneProps) {
  const [isOver, setIsOver] = useState(false);

  const input = useRef<HTMLInputElement>(null);

  const choose = (files: readonly File[]) => {
    onFiles(files);
    if (input.current) {
      // The same file can be chosen again.
      input.current.value = '';
    }
  };

  const over = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(true);
  };

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    onFiles(Array.from(event.dataTransfer.files));
  };

  return (
    <div
      className={isOver ? 'drop-zone drop-zone-over' : 'drop-zone'}
      onDragOver={over}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <p aria-hidden="true">Drop files here, or</p>
      <FileButton ref={input} kind={kind} multiple onFiles={choose}>
        Choose files
      </FileButton>
      <p className="muted">{describe(kind)} each.</p>
    </div>
  );
}
