import { useEffect, useState } from 'react';
import { generateClient } from 'aws-amplify/data';
import type { Schema } from '../amplify/data/resource';

type DataSource = Schema['DataSource']['type'];

const client = generateClient<Schema>();

export function DataSourcePanel() {
  const [sources, setSources] = useState<DataSource[]>([]);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    client.models.DataSource.list().then(
      ({ data, errors }) => {
        setSources(data);
        setFailed(errors !== undefined);
      },
      () => setFailed(true),
    );
  }, []);

  if (failed) return <p role="alert">The data sources could not be loaded.</p>;
  return (
    <section aria-labelledby="data-sources">
      <h2 id="data-sources">Data sources</h2>
      <ul>
        {sources.map((source) => (
          <li key={source.id}>
            {source.name ?? source.id} ({source.sourceType ?? 'unknown'})
          </li>
        ))}
      </ul>
    </section>
  );
}
