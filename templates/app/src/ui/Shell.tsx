import { Suspense, useEffect, useRef, type MouseEvent } from 'react';

import { hasSignIn } from '../data/amplify';
import { useUser } from '../data/user';
import { AccountButton } from './AccountButton';
import { isIn } from './audience';
import { announce } from './announce';
import { Announcement } from './Announcement';
import { ErrorBoundary } from './ErrorBoundary';
import { Navigation } from './Navigation';
import { OfflineNotice } from './OfflineNotice';
import { PageTitleContext, useShownTitle } from './pageTitle';
import type { Route } from './route';
import { RoutedPage } from './RoutedPage';
import { hrefTo, SIGN_IN, useHashRoute } from './router';
import { Loading } from './States';
import { ThemeButton } from './ThemeButton';

interface ShellProps {
  title: string;
  routes: readonly Route[];
}

export function Shell({ title, routes }: ShellProps) {
  const { path } = useHashRoute();
  const user = useUser();
  const route = routes.find((candidate) => candidate.path === path);
  const shownTitle = useShownTitle();
  const heading = shownTitle ?? route?.title ?? headingOf(path, title);
  const main = useRef<HTMLElement>(null);
  const shownPath = useRef(path);
  const shown = routes.filter(
    ({ isInner, audience, shownTo = audience }) => !isInner && isIn(user, shownTo),
  );

  useEffect(() => {
    document.title = heading === title ? title : `${heading} – ${title}`;
  }, [heading, title]);

  useEffect(() => {
    if (shownPath.current !== path) {
      shownPath.current = path;
      announce('');
      main.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
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
        <div className="actions">
          <ThemeButton />
          {hasSignIn && <AccountButton user={user} />}
        </div>
      </header>
      <OfflineNotice />
      <div className="app-body">
        <Navigation routes={shown} current={route} />
        <main ref={main} id="main" className="app-main" tabIndex={-1}>
          <header>
            <h1>{heading}</h1>
            {route?.description && shownTitle === undefined && (
              <p className="muted">{route.description}</p>
            )}
          </header>
          <ErrorBoundary key={path}>
            <Suspense fallback={<Loading />}>
              <PageTitleContext value={heading}>
                <RoutedPage
                  path={path}
                  route={route}
                  routes={shown}
                  hasPages={routes.length > 0}
                  user={user}
                />
              </PageTitleContext>
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <Announcement />
    </>
  );
}

function headingOf(path: string, title: string): string {
  if (path === SIGN_IN) {
    return 'Sign in';
  }
  return path === '/' ? title : 'Page not found';
}
