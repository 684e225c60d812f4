import type { ReactNode } from 'react';

import { useHeading } from './pageTitle';

interface PanelProps {
  title: string;
  className?: string;
  /** What stands beside the title: a link or a button. */
  action?: ReactNode;
  children: ReactNode;
}

/** A part of a page, named by its heading. */
export function Panel({ title, className, action, children }: PanelProps) {
  const { id, heading } = useHeading(title);
  return (
    <section
      className={className === undefined ? 'panel' : `panel ${className}`}
      aria-labelledby={id}
    >
      <div className="heading">
        {heading}
        {action}
      </div>
      {children}
    </section>
  );
}
