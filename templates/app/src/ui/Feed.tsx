import { Button } from '@aws-amplify/ui-react';
import type { ReactNode } from 'react';

import type { ListRecords } from '../data/api';
import { useTimeline } from '../data/useTimeline';
import { Composer, type Composing } from './Composer';
import { FeedItem } from './FeedItem';
import { Pager } from './Pager';
import { Panel } from './Panel';
import { CreateLink, type Actions } from './RecordActions';
import type { Timeline } from './timeline';
import './Feed.css';

interface FeedProps<Row, Input> {
  title: string;
  /** What one record is called: "post". */
  noun: string;
  timeline: Timeline<Row>;
  /** What a query of the API chooses for the user; all records without it. */
  list?: ListRecords<Row>;
  actions?: Actions;
  detailHref?: string;
  composing?: Composing<Input, Row>;
  /** The fields of a new record. */
  children?: ReactNode;
}

/** Records newest first. What others add waits behind a button, so that nothing moves away. */
export function Feed<Row extends object, Input>({
  title,
  noun,
  timeline,
  list,
  actions,
  detailHref,
  composing,
  children,
}: FeedProps<Row, Input>) {
  const { source, only } = timeline;
  // The API tells of all new records, and not which of them the query would give.
  const isChosen = list !== undefined;
  const pages = useTimeline({
    ...timeline,
    list: list ?? timeline.list,
    isChosen,
    holdsNew: true,
  });
  const held = pages.held.filter((row) => isChosen || !only || row[only.field] === only.value);

  return (
    <>
      {composing && (
        <Composer noun={noun} {...composing} onCreated={pages.put}>
          {children}
        </Composer>
      )}
      <Panel
        title={title}
        className="feed"
        action={!composing && <CreateLink actions={actions} noun={noun} />}
      >
        <div className="feed-news" role="status">
          {held.length > 0 && (
            <Button size="small" variation="primary" onClick={pages.showHeld}>
              {held.length.toLocaleString()} new – show
            </Button>
          )}
        </div>
        <ul className="feed-items" aria-busy={pages.status === 'loading'}>
          {pages.rows.map((row) => (
            <li key={source.summarize(row).id}>
              <FeedItem
                row={row}
                timeline={timeline}
                actions={actions}
                detailHref={detailHref}
                onRemoved={() => pages.drop(row)}
              />
            </li>
          ))}
        </ul>
        <Pager pages={pages} />
      </Panel>
    </>
  );
}
