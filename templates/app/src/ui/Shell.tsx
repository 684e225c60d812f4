import { Button } from '@aws-amplify/ui-react';
import { Suspense, useEffect, useRef, type MouseEvent } from 'react';

import { ErrorBoundary } from './ErrorBoundary';
import { Home } from './Home';
import type { Route } from './route';
import { hrefTo, useHashRoute } from './router';
import { Empty, Loading } from './States';

interface ShellProps {
  title: string;
  routes: readonly Route[];
  onSignOut?: (() => void) | undefined;
}

export function Shell({ title, routes, onSignOut }: ShellProps) {
  const { path } = useHashRoute();
  const route = routes.find((candidate) => candidate.path === path);
  const heading = route?.title ?? (path === '/' ? title : 'Page not found');
  const main = useRef<HTMLElement>(null);
  const shownPath = useRef(path);

  useEffect(() => {
    document.title = heading === title ? title : `${heading} – ${title}`;
  }, [heading, title]);

  useEffect(() => {
    if (shownPath.current !== path) {
      shownPath.current = path;
      main.current?.focus();
    }
  }, [path]);

  const skipToMain = (event: MouseEvent) => {
    event.preventDefault();
    main.current?.focus();
  };

  return (
    <>
      <a className="skip-link" href="#main" onClick={skipToMain}>
        Skip to content
      </a>
      <header className="app-header">
        <a className="app-title" href={hrefTo('/')}>
          {title}
        </a>
        {onSignOut && (
          <Button size="small" onClick={onSignOut}>
            Sign out
          </Button>
        )}
      </header>
      <div className="app-body">
        <nav className="app-nav" aria-label="Pages">
          <ul>
            {routes.map((entry) => (
              <li key={entry.path}>
                <a href={hrefTo(entry.path)} aria-current={entry === route ? 'page' : undefined}>
                  {entry.title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <main ref={main} id="main" tabIndex={-1}>
          <header>
            <h1>{heading}</h1>
            {route?.description && <p className="muted">{route.description}</p>}
          </header>
          <ErrorBoundary key={path}>
            <Suspense fallback={<Loading />}>
              <Page path={path} route={route} routes={routes} />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
    </>
  );
}

interface PageProps {
  path: string;
  route: Route | undefined;
  routes: readonly Route[];
}

function Page({ path, route, routes }: PageProps) {
  if (route) {
    return <route.Component />;
  }
  if (path === '/') {
    return <Home routes={routes} />;
  }
  return (
    <Empty>
      There is no page at this address. <a href={hrefTo('/')}>Go to the start page</a>
    </Empty>
  );
}
