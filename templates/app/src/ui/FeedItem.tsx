import { isAllowed } from '../data/access';
import { titleOf } from '../data/api';
import { useUser } from '../data/user';
import { PlainText } from './PlainText';
import { RecordActions, type Actions } from './RecordActions';
import { RecordLink } from './RecordLink';
import { RelativeTime } from './RelativeTime';
import type { Timeline } from './timeline';

interface FeedItemProps<Row> {
  row: Row;
  timeline: Timeline<Row>;
  actions: Actions | undefined;
  detailHref: string | undefined;
  onRemoved: () => void;
}

/** Who said what, and when. */
export function FeedItem<Row extends object>({
  row,
  timeline: { source, title: titleIn, text, at, author, files, counts, own },
  actions,
  detailHref,
  onRemoved,
}: FeedItemProps<Row>) {
  const user = useUser();
  const { id, title } = source.summarize(row);
  const isOwn = own !== undefined && isAllowed([own], user, row);
  return (
    <div className="feed-item">
      <p className="feed-byline">
        {author && <strong>{author(row)}</strong>}
        {isOwn && <span className="feed-own">You</span>}
        <RecordLink detailHref={detailHref} id={id}>
          <RelativeTime at={at(row)} />
        </RecordLink>
      </p>
      {titleIn && <h3>{titleIn(row)}</h3>}
      <PlainText text={text(row)} />
      {files?.(row)}
      {counts && (
        <p className="muted">
          {counts
            .map(({ label, of }) => `${label}: ${(of(row) ?? 0).toLocaleString()}`)
            .join(' · ')}
        </p>
      )}
      {actions && (
        <RecordActions
          actions={actions}
          record={row}
          id={id}
          title={shorten(titleOf({ id, title }))}
          onRemoved={onRemoved}
        />
      )}
    </div>
  );
}

const SHORT = 60;

/** A text may be the title; a button's name must not be as long. */
function shorten(title: string): string {
  const characters = Array.from(title);
  return characters.length > SHORT ? `${characters.slice(0, SHORT).join('')}…` : title;
}
