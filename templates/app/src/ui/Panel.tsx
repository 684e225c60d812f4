import { useId, type ReactNode } from 'react';

interface PanelProps {
  title: string;
  className?: string;
  /** What stands beside the title: a link or a button. */
  action?: ReactNode;
  children: ReactNode;
}

/** A part of a page, named by its heading. */
export function Panel({ title, className, action, children }: PanelProps) {
  const headingId = useId();
  return (
    <section
      className={className === undefined ? 'panel' : `panel ${className}`}
      aria-labelledby={headingId}
    >
      <div className="heading">
        <h2 id={headingId}>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}
