import { Authenticator } from '@aws-amplify/ui-react';

import type { User } from '../data/user';
import { isIn } from './audience';
import { Home } from './Home';
import type { Route } from './route';
import { hrefTo, SIGN_IN } from './router';
import { Empty, NotAllowed } from './States';

interface RoutedPageProps {
  path: string;
  route: Route | undefined;
  routes: readonly Route[];
  hasPages: boolean;
  user: User | undefined;
}

/** What is at an address: a page, the start page, the way in, or why there is nothing. */
export function RoutedPage({ path, route, routes, hasPages, user }: RoutedPageProps) {
  if (path === '/' || (path === SIGN_IN && user)) {
    return <Home routes={routes} hasPages={hasPages} isGuest={!user} />;
  }
  if (path === SIGN_IN || (route && !user && !isIn(user, route.audience))) {
    return <Authenticator />;
  }
  if (!route) {
    return (
      <Empty action={<a href={hrefTo('/')}>Go to the start page</a>}>
        There is no page at this address.
      </Empty>
    );
  }
  return isIn(user, route.audience) ? <route.Component /> : <NotAllowed />;
}
