import { isAllowed } from '../data/access';
import { toDate } from '../data/newest';
import { useUser } from '../data/user';
import { PlainText } from './PlainText';
import type { Timeline } from './timeline';

const times = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

interface ChatMessageProps<Row> {
  row: Row;
  timeline: Timeline<Row>;
}

/** What somebody said; a user's own messages are on the other side. */
export function ChatMessage<Row extends object>({
  row,
  timeline: { text, at, author, files, own },
}: ChatMessageProps<Row>) {
  const user = useUser();
  const isOwn = own !== undefined && isAllowed([own], user, row);
  const date = toDate(at(row));
  return (
    <li className={isOwn ? 'chat-message chat-own' : 'chat-message'}>
      <p className="chat-byline">
        {isOwn ? 'You' : author?.(row)}
        {!Number.isNaN(date.getTime()) && (
          <time dateTime={date.toISOString()}>{times.format(date)}</time>
        )}
      </p>
      <PlainText text={text(row)} />
      {files?.(row)}
    </li>
  );
}
