import { VisuallyHidden } from '@aws-amplify/ui-react';
import { useState, type KeyboardEvent } from 'react';

import { addDays, formatDay, monthOf, today, type Day, type Month } from '../data/days';
import { CalendarWeek } from './CalendarWeek';
import type { CalendarEvent } from './events';
import { weeksOf } from './weeks';

export interface CalendarViewProps {
  title: string;
  noun: string;
  month: Month;
  events: readonly CalendarEvent[];
  detailHref: string | undefined;
  /** The address of the form for a new record on a day, for those who may make one. */
  newHref: ((day: Day) => string) | undefined;
}

/** A month as a table. The arrow keys go from day to day. */
export function CalendarMonth({ title, month, ...week }: CalendarViewProps) {
  const weeks = weeksOf(month);
  const now = today();
  const [reached, setReached] = useState<Day>();
  // Of the days, the tab key reaches only one.
  const start = monthOf(now) === month ? now : `${month}-01`;
  const stop = reached && weeks.flat().includes(reached) ? reached : start;

  return (
    <table className="month">
      <caption>
        <VisuallyHidden>{title}</VisuallyHidden>
      </caption>
      <thead>
        <tr>
          {weeks[0]?.map((day) => (
            <th key={day} scope="col" abbr={formatDay(day, { weekday: 'long' })}>
              {formatDay(day, { weekday: 'short' })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody onKeyDown={moveFocus}>
        {weeks.map((days) => (
          <CalendarWeek
            key={days[0]}
            {...week}
            days={days}
            month={month}
            today={now}
            stop={stop}
            onReach={setReached}
          />
        ))}
      </tbody>
    </table>
  );
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
};

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const { key, target, currentTarget } = event;
  const day = target instanceof HTMLElement ? target.dataset.day : undefined;
  const step = STEPS[key];
  if (day === undefined || step === undefined) {
    return;
  }
  event.preventDefault();
  const next = currentTarget.querySelector(`[data-day="${addDays(day, step)}"]`);
  if (next instanceof HTMLElement) {
    next.focus();
  }
}
