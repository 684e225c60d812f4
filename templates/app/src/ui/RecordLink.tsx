import type { ReactNode } from 'react';

interface RecordLinkProps {
  /** The address of a detail page up to the id, such as `#/orders?id=`. */
  detailHref: string | undefined;
  id: string;
  children: ReactNode;
}

export function RecordLink({ detailHref, id, children }: RecordLinkProps) {
  return detailHref === undefined ? (
    children
  ) : (
    <a href={detailHref + encodeURIComponent(id)}>{children}</a>
  );
}
