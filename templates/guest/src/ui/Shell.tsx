import { Suspense, useEffect, useRef } from 'react';

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

interface ShellProps {
  title: string;
  routes: readonly Route[];
  /** The page that is shown by itself; without it, all are, with their navigation. */
  start: string | undefined;
}

/** The pages within a page of the application around, whose title and scrolling stay its own. */
export function Shell({ title, routes, start }: ShellProps) {
  const { path: asked } = useHashRoute();
  const path = asked === '/' && start !== undefined ? start : asked;
  const user = useUser();
  const route = routes.find((candidate) => candidate.path === path);
  const shownTitle = useShownTitle();
  const heading = shownTitle ?? route?.title ?? headingOf(path, title);
  const main = useRef<HTMLDivElement>(null);
  const shownPath = useRef(path);
  const shown = routes.filter(
    ({ isInner, audience, shownTo = audience }) => !isInner && isIn(user, shownTo),
  );

  useEffect(() => {
    if (shownPath.current !== path) {
      shownPath.current = path;
      announce('');
      main.current?.focus();
    }
  }, [path]);

  const page = (
    <div ref={main} className="app-main" tabIndex={-1}>
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
    </div>
  );

  return (
    <>
      {start === undefined && (
        <div className="app-header">
          <a className="app-title" href={hrefTo('/')}>
            {title}
          </a>
          <div className="actions">{hasSignIn && <AccountButton user={user} />}</div>
        </div>
      )}
      <OfflineNotice />
      {start === undefined ? (
        <div className="app-body">
          <Navigation routes={shown} current={route} />
          {page}
        </div>
      ) : (
        page
      )}
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
