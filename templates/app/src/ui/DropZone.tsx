import { useState, type ChangeEvent, type DragEvent } from 'react';

interface DropZoneProps {
  /** The types that the browser offers to choose from. */
  accept: readonly string[];
  hint: string;
  onFiles: (files: readonly File[]) => void;
}

/** Takes files that are dropped on it, or chosen with its button. */
export function DropZone({ accept, hint, onFiles }: DropZoneProps) {
  const [isOver, setIsOver] = useState(false);

  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    onFiles(Array.from(currentTarget.files ?? []));
    // The same file can be chosen again.
    currentTarget.value = '';
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
      <label className="amplify-button amplify-button--small file-button">
        Choose files
        <input type="file" multiple accept={accept.join(',')} onChange={choose} />
      </label>
      <p className="muted">{hint}</p>
    </div>
  );
}
