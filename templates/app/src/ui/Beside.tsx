import type { ReactNode } from 'react';

import './Beside.css';

interface BesideProps {
  /** The list to choose from; on phones it gives way to what was chosen. */
  list: ReactNode;
  isChosen: boolean;
  /** The way back to the list. */
  back: ReactNode;
  children: ReactNode;
}

/** A list beside what was chosen from it. */
export function Beside({ list, isChosen, back, children }: BesideProps) {
  return (
    <div className={isChosen ? 'beside beside-chosen' : 'beside'}>
      <div className="beside-list">{list}</div>
      <div className="beside-content">
        <p className="beside-back">{back}</p>
        {children}
      </div>
    </div>
  );
}
