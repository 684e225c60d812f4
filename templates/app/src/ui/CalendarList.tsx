import { formatDay, monthOf, today } from '../data/days';
import type { CalendarViewProps } from './CalendarMonth';
import { isOn } from './events';
import { RecordLink } from './RecordLink';
import { Empty } from './States';

/** The events of a month one below the other, where there is no room for a table. */
export function CalendarList({ title, month, events, detailHref }: CalendarViewProps) {
  const shown = events.filter(
    ({ first, last }) => monthOf(first) <= month && monthOf(last) >= month,
  );
  if (shown.length === 0) {
    return <Empty>There is nothing in this month.</Empty>;
  }
  const now = today();
  return (
    <ul className="agenda" aria-label={title}>
      {shown.map((event) => {
        const { id, title: name, first, last, time } = event;
        return (
          <li key={id}>
            <span className="muted">
              {formatDay(first, { weekday: 'short', day: 'numeric', month: 'short' })}
              {first !== last && ` – ${formatDay(last, { day: 'numeric', month: 'short' })}`}
              {time !== undefined && `, ${time}`}
              {isOn(event, now) && <strong> Today</strong>}
            </span>
            <RecordLink detailHref={detailHref} id={id}>
              {name}
            </RecordLink>
          </li>
        );
      })}
    </ul>
  );
}
