import { useId, useRef, type ReactNode } from 'react';

import { isAllowed } from '../data/access';
import type { ListRecords } from '../data/api';
import { byTime } from '../data/newest';
import { useUser } from '../data/user';
import { useTimeline } from '../data/useTimeline';
import { ChatForm } from './ChatForm';
import { ChatLog } from './ChatLog';
import type { Composing } from './Composer';
import { OutgoingMessage } from './OutgoingMessage';
import type { Timeline } from './timeline';
import { useOutbox } from './useOutbox';
import './Chat.css';

/** How messages are made, and what they say before they are saved. */
export interface Sending<Input, Row> extends Composing<Input, Row> {
  text: (input: Input) => string | null | undefined;
  /** By what a message is known when it comes back, where that can be said before. */
  id?: (input: Input) => string | null | undefined;
}

interface ChatProps<Row, Input> {
  title: string;
  timeline: Timeline<Row>;
  /** The messages of one room, newest first. */
  list?: ListRecords<Row>;
  /** Whether a message that arrives is one of them. */
  belongs?: (row: Row) => boolean;
  sending: Sending<Input, Row>;
  /** The fields of a new message. */
  children: ReactNode;
}

/** What people say to each other, as they say it. */
export function Chat<Row extends object, Input>({
  title,
  timeline,
  list = timeline.list,
  belongs = () => true,
  sending,
  children,
}: ChatProps<Row, Input>) {
  const headingId = useId();
  const user = useUser();
  const pages = useTimeline({ ...timeline, list });
  const log = useRef<HTMLDivElement>(null);
  const { outgoing, send, retry, discard } = useOutbox(sending.create, pages.put);

  const rows = pages.rows.filter(belongs).toSorted(byTime(timeline.at));
  const known = new Set(rows.map((row) => timeline.source.summarize(row).id));
  const waiting = outgoing.filter(({ input }) => !known.has(sending.id?.(input) ?? ''));

  const sendForm = (form: FormData) => {
    send(sending.read(form));
    // The bottom, for the log is upside down.
    log.current?.scrollTo({ top: 0 });
  };

  return (
    <section className="panel chat" aria-labelledby={headingId}>
      <h2 id={headingId}>{title}</h2>
      <ChatLog
        ref={log}
        label={title}
        rows={rows}
        timeline={timeline}
        pages={pages}
        isEmpty={waiting.length === 0}
      >
        {waiting.map((item) => (
          <OutgoingMessage
            key={item.key}
            text={sending.text(item.input)}
            failure={item.failure}
            onRetry={() => retry(item)}
            onDiscard={() => discard(item)}
          />
        ))}
      </ChatLog>
      {isAllowed(sending.access.create, user) && <ChatForm send={sendForm}>{children}</ChatForm>}
    </section>
  );
}
