import { Button } from '@aws-amplify/ui-react';
import { useState } from 'react';

import { formatDay, monthOf, type Day } from '../data/days';
import type { CalendarViewProps } from './CalendarMonth';
import { isOn, placeInWeek } from './events';
import { EventLink } from './EventLink';

const SHOWN = 3;

interface CalendarWeekProps extends Omit<CalendarViewProps, 'title'> {
  days: readonly Day[];
  today: Day;
  /** The day that the tab key reaches. */
  stop: Day;
  onReach: (day: Day) => void;
}

/** A week as a row of a table. What goes on for several days has one line on all of them. */
export function CalendarWeek({
  noun,
  month,
  days,
  events,
  today,
  stop,
  detailHref,
  newHref,
  onReach,
}: CalendarWeekProps) {
  const [isOpen, setIsOpen] = useState(false);
  const placed = placeInWeek(events, days);

  return (
    <tr>
      {days.map((day) => {
        const here = placed.filter(({ event }) => isOn(event, day));
        const shown = isOpen ? here : here.filter(({ line }) => line < SHOWN);
        const hidden = here.length - shown.length;
        const name = formatDay(day, { dateStyle: 'long' });
        const number = <time dateTime={day}>{formatDay(day, { day: 'numeric' })}</time>;
        return (
          <td
            key={day}
            aria-current={day === today ? 'date' : undefined}
            data-outside={monthOf(day) !== month}
          >
            {newHref ? (
              <a
                className="day"
                href={newHref(day)}
                aria-label={`${name}: new ${noun}`}
                data-day={day}
                tabIndex={day === stop ? 0 : -1}
                onFocus={() => onReach(day)}
              >
                {number}
              </a>
            ) : (
              <span className="day">{number}</span>
            )}
            {shown.length > 0 && (
              <ul className="events">
                {shown.map(({ event, line }) => (
                  <li key={event.id} style={{ gridRow: line + 1 }}>
                    <EventLink
                      event={event}
                      day={day}
                      isFirstShown={day === days[0]}
                      detailHref={detailHref}
                    />
                  </li>
                ))}
              </ul>
            )}
            {(hidden > 0 || (isOpen && here.length > SHOWN)) && (
              <Button
                size="small"
                variation="link"
                aria-expanded={isOpen}
                onClick={() => setIsOpen(!isOpen)}
              >
                {isOpen ? 'Show less' : `${hidden} more`}
              </Button>
            )}
          </td>
        );
      })}
    </tr>
  );
}
