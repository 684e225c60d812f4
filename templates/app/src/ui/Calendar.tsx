import './Calendar.css';

import { isAllowed } from '../data/access';
import { titleOf } from '../data/api';
import { addMonths, dayOf, formatDay, isMonth, monthOf, today, type Day } from '../data/days';
import type { Source } from '../data/source';
import { useAll } from '../data/useAll';
import { useUser } from '../data/user';
import { inSentence } from '../data/words';
import { CalendarList } from './CalendarList';
import { CalendarMonth } from './CalendarMonth';
import { toEvents, type Dates } from './events';
import { CreateLink, type Actions } from './RecordActions';
import { RecordLink } from './RecordLink';
import { RecordsPanel } from './RecordsPanel';
import { hrefTo, useHashRoute } from './router';
import { useMedia } from './useMedia';

interface CalendarProps<Row> {
  title: string;
  /** What one record is called: "event". */
  noun: string;
  source: Source<Row>;
  dates: Dates<Row>;
  detailHref?: string;
  actions?: Actions;
}

/** Shows the records of a month, which the address names, on their days. */
export function Calendar<Row>({
  title,
  noun,
  source,
  dates,
  detailHref,
  actions,
}: CalendarProps<Row>) {
  const { summarize } = source;
  const { path, params } = useHashRoute();
  const user = useUser();
  const records = useAll(source);
  const isNarrow = useMedia('(max-width: 48rem)');

  const wanted = params.get('month') ?? '';
  const month = isMonth(wanted) ? wanted : monthOf(today());
  const monthName = formatDay(`${month}-01`, { month: 'long', year: 'numeric' });
  const monthHref = (other: string) => `${hrefTo(path)}?month=${other}`;
  const mayCreate = actions !== undefined && isAllowed(actions.access.create, user);
  const createHref = mayCreate ? actions.createHref : undefined;
  const newHref =
    createHref === undefined
      ? undefined
      : (day: Day) => `${createHref}?${dates.field}=${day}${dates.hasTime ? 'T09:00' : ''}`;

  return (
    <RecordsPanel
      title={title}
      records={records}
      action={<CreateLink actions={actions} noun={noun} />}
    >
      {(rows) => {
        const events = toEvents(rows, dates, summarize);
        const undated = rows.filter((row) => dayOf(dates.start(row)) === undefined);
        const View = isNarrow ? CalendarList : CalendarMonth;
        return (
          <>
            <div className="heading">
              <h3 aria-live="polite">{monthName}</h3>
              <nav className="actions" aria-label={`Months of ${inSentence(title)}`}>
                <MonthLink href={monthHref(addMonths(month, -1))}>Previous</MonthLink>
                <MonthLink href={hrefTo(path)}>Today</MonthLink>
                <MonthLink href={monthHref(addMonths(month, 1))}>Next</MonthLink>
              </nav>
            </div>
            <View
              title={`${title} in ${monthName}`}
              noun={noun}
              month={month}
              events={events}
              detailHref={detailHref}
              newHref={newHref}
            />
            {undated.length > 0 && (
              <details>
                <summary>
                  {undated.length.toLocaleString()} without {inSentence(dates.label)}
                </summary>
                <ul className="undated">
                  {undated.map(summarize).map((summary) => (
                    <li key={summary.id}>
                      <RecordLink detailHref={detailHref} id={summary.id}>
                        {titleOf(summary)}
                      </RecordLink>
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </>
        );
      }}
    </RecordsPanel>
  );
}

function MonthLink({ href, children }: { href: string; children: string }) {
  return (
    <a className="amplify-button amplify-button--small" href={href}>
      {children}
    </a>
  );
}
