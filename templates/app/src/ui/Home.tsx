import { Fragment } from 'react';

import type { Route } from './route';
import { hrefTo, SIGN_IN } from './router';
import { sectionsOf } from './sections';
import { Empty } from './States';

interface HomeProps {
  /** The pages that are shown to the user. */
  routes: readonly Route[];
  /** Whether there are any, for whomever. */
  hasPages: boolean;
  isGuest: boolean;
}

export function Home({ routes, hasPages, isGuest }: HomeProps) {
  if (!hasPages) {
    return <Empty>There are no pages yet. Add components to the pattern and generate again.</Empty>;
  }
  if (routes.length === 0) {
    return isGuest ? (
      <Empty action={<a href={hrefTo(SIGN_IN)}>Sign in</a>}>Sign in to see the pages.</Empty>
    ) : (
      <Empty>There are no pages that you may use.</Empty>
    );
  }
  return sectionsOf(routes).map(({ title, routes: listed }) => (
    <Fragment key={title ?? ''}>
      {title !== undefined && <h2>{title}</h2>}
      <ul className="cards" aria-label={title}>
        {listed.map(({ path, title: page, description }) => (
          <li key={path} className="card">
            <p className="card-title">
              <a href={hrefTo(path)}>{page}</a>
            </p>
            {description !== undefined && <p className="muted">{description}</p>}
          </li>
        ))}
      </ul>
    </Fragment>
  ));
}
