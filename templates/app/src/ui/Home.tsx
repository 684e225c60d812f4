import type { Route } from './route';
import { hrefTo } from './router';
import { Empty } from './States';

export function Home({ routes }: { routes: readonly Route[] }) {
  if (routes.length === 0) {
    return <Empty>There are no pages yet. Add components to the pattern and generate again.</Empty>;
  }
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
