import type { Day } from '../data/days';
import type { CalendarEvent } from './events';
import { RecordLink } from './RecordLink';

interface EventLinkProps {
  event: CalendarEvent;
  day: Day;
  /** Whether the day begins a row, where a title is written again. */
  isFirstShown: boolean;
  detailHref: string | undefined;
}

/** What a day shows of an event: its title, or that it goes on. */
export function EventLink({ event, day, isFirstShown, detailHref }: EventLinkProps) {
  const { id, title, first, last, time } = event;
  const isBegin = day === first;
  const text = isBegin && time !== undefined ? `${time} ${title}` : title;
  return (
    <span
      className="event"
      title={text}
      data-before={!isBegin}
      data-after={day !== last}
      data-silent={!isBegin && !isFirstShown}
    >
      <RecordLink detailHref={detailHref} id={id}>
        {text}
      </RecordLink>
    </span>
  );
}
