import type { ReactNode } from 'react';

import { useUser } from '../data/user';
import { AdminContext } from './adminTab';
import { isIn, type Audience } from './audience';
import { hrefTo, useHashRoute } from './router';
import { NotAllowed } from './States';
import './Admin.css';

interface Tab {
  /** What the address calls the tab. */
  name: string;
  title: string;
  audience?: Audience;
}

interface AdminTabsProps {
  tabs: readonly Tab[];
  /** An `AdminTab` for each. */
  children: ReactNode;
}

/** The models that a user may list, one at a time. */
export function AdminTabs({ tabs, children }: AdminTabsProps) {
  const user = useUser();
  const { path, params } = useHashRoute();
  const shown = tabs.filter(({ audience }) => isIn(user, audience));
  const current = shown.find(({ name }) => name === params.get('model')) ?? shown[0];
  if (!current) {
    return <NotAllowed />;
  }
  return (
    <>
      <nav className="admin-tabs" aria-label="Records">
        <ul>
          {shown.map((tab) => (
            <li key={tab.name}>
              <a
                href={`${hrefTo(path)}?model=${tab.name}`}
                aria-current={tab === current ? 'true' : undefined}
              >
                {tab.title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <AdminContext value={current.name}>{children}</AdminContext>
    </>
  );
}
