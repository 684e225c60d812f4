import './Charts.css';

import type { ReactNode } from 'react';

export function Charts({ children }: { children: ReactNode }) {
  return <div className="charts">{children}</div>;
}
