import { Button } from '@aws-amplify/ui-react';
import { useId, useRef, useState, type KeyboardEvent } from 'react';

import type { Route } from './route';
import { hrefTo } from './router';
import { sectionsOf } from './sections';
import './Navigation.css';

interface NavigationProps {
  routes: readonly Route[];
  current: Route | undefined;
}

/** Links to the pages; where there is little room, a button shows them. */
export function Navigation({ routes, current }: NavigationProps) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);

  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Escape' && isOpen) {
      setIsOpen(false);
      button.current?.focus();
    }
  };

  return (
    <nav className="app-nav" aria-label="Pages" onKeyDown={onKeyDown}>
      {routes.length > 0 && (
        <Button
          ref={button}
          size="small"
          className="app-nav-button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen(!isOpen)}
        >
          Menu
        </Button>
      )}
      <div id={id} className={isOpen ? 'app-nav-pages open' : 'app-nav-pages'}>
        {sectionsOf(routes).map(({ title, routes: listed }) => (
          <div key={title ?? ''}>
            {title !== undefined && <h2>{title}</h2>}
            <ul aria-label={title}>
              {listed.map((entry) => (
                <li key={entry.path}>
                  <a
                    href={hrefTo(entry.path)}
                    aria-current={entry === current ? 'page' : undefined}
                    onClick={() => setIsOpen(false)}
                  >
                    {entry.title}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  );
}
