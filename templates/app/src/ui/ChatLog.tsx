import { Button } from '@aws-amplify/ui-react';
import type { ReactNode, Ref } from 'react';

import { toDate, type Moment } from '../data/newest';
import type { RecordPages } from '../data/useList';
import { ChatMessage } from './ChatMessage';
import { dayOf } from './day';
import { Empty, ErrorMessage, Loading } from './States';
import type { Timeline } from './timeline';

interface ChatLogProps<Row> {
  ref: Ref<HTMLDivElement>;
  label: string;
  /** Oldest first. */
  rows: readonly Row[];
  timeline: Timeline<Row>;
  pages: RecordPages<Row>;
  /** Whether nothing is on its way. */
  isEmpty: boolean;
  /** What is on its way. */
  children: ReactNode;
}

/** Messages by day, the newest at the bottom, where the log stays. */
export function ChatLog<Row extends object>({
  ref,
  label,
  rows,
  timeline,
  pages,
  isEmpty,
  children,
}: ChatLogProps<Row>) {
  const { status, error, hasMore, loadMore, retry } = pages;
  return (
    <div ref={ref} className="chat-log" role="log" aria-label={label} tabIndex={0}>
      <div className="chat-lines" aria-busy={status === 'loading'}>
        {status === 'loading' && <Loading />}
        {error && <ErrorMessage failure={error} onRetry={retry} />}
        {status === 'ready' && hasMore && (
          <Button size="small" onClick={loadMore}>
            Load earlier ones
          </Button>
        )}
        {status === 'ready' && rows.length === 0 && isEmpty && (
          <Empty>There is nothing here yet.</Empty>
        )}
        {byDay(rows, timeline.at).map(([day, dayRows]) => (
          <section key={day}>
            <h3 className="chat-day">{day}</h3>
            <ol className="chat-messages">
              {dayRows.map((row) => (
                <ChatMessage
                  key={timeline.source.summarize(row).id}
                  row={row}
                  timeline={timeline}
                />
              ))}
            </ol>
          </section>
        ))}
        {!isEmpty && <ol className="chat-messages">{children}</ol>}
      </div>
    </div>
  );
}

function byDay<Row>(
  rows: readonly Row[],
  at: (row: Row) => Moment,
): readonly (readonly [day: string, rows: readonly Row[]])[] {
  const days = new Map<string, Row[]>();
  for (const row of rows) {
    const day = dayOf(toDate(at(row)));
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  return [...days];
}
