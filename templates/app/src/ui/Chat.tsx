import { useId, type ReactNode } from 'react';

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
  const { outgoing, send, retry, discard } = useOutbox(sending.create, pages.put);

  return (
    <section className="panel chat" aria-labelledby={headingId}>
      <h2 id={headingId}>{title}</h2>
      <ChatLog
        label={title}
        rows={pages.rows.filter(belongs).toSorted(byTime(timeline.at))}
        timeline={timeline}
        pages={pages}
        isEmpty={outgoing.length === 0}
      >
        {outgoing.map((item) => (
          <OutgoingMessage
            key={item.key}
            text={sending.text(item.input)}
            failure={item.failure}
            onRetry={() => retry(item)}
            onDiscard={() => discard(item)}
          />
        ))}
      </ChatLog>
      {isAllowed(sending.access.create, user) && (
        <ChatForm send={(form) => send(sending.read(form))}>{children}</ChatForm>
      )}
    </section>
  );
}
