import { useCallback } from 'react';

import { formatSize, isPicture } from '../data/fileTypes';
import { Picture } from './Picture';

interface FileHeldProps {
  /** Where the file is that a record has; empty without one. */
  path: string;
  /** What takes its place when the record is saved. */
  chosen: File | undefined;
}

/** The file of a field, as far as it can be seen. */
export function FileHeld({ path, chosen }: FileHeldProps) {
  if (!chosen && path === '') {
    return null;
  }
  return (
    <div className="file-held">
      {chosen ? (
        isPicture(chosen.name) && (
          <span className="picture-frame">
            <ChosenPicture file={chosen} />
          </span>
        )
      ) : (
        <span className="picture-frame">
          <Picture path={path} alt="" />
        </span>
      )}
      <p>
        {chosen
          ? `${chosen.name}, ${formatSize(chosen.size)}. It is uploaded on saving.`
          : 'Saved.'}
      </p>
    </div>
  );
}

function ChosenPicture({ file }: { file: File }) {
  const show = useCallback(
    (image: HTMLImageElement) => {
      const address = URL.createObjectURL(file);
      image.src = address;
      return () => URL.revokeObjectURL(address);
    },
    [file],
  );
  return <img ref={show} alt="" />;
}
