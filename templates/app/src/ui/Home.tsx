import type { Route } from './route';
import { hrefTo } from './router';

export function Home({ routes }: { routes: readonly Route[] }) {
  return (
    <ul className="cards">
      {routes.map(({ path, title, description }) => (
        <li key={path} className="card">
          <h2>
            <a href={hrefTo(path)}>{title}</a>
          </h2>
          <p className="muted">{description}</p>
        </li>
      ))}
    </ul>
  );
}
