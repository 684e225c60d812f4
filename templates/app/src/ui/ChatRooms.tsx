import { useMemo, type ReactNode } from 'react';

import { titleOf, type GetRecord, type ListResult, type Page } from '../data/api';
import { newestFirst } from '../data/newest';
import type { Source } from '../data/source';
import { useRecord } from '../data/useRecord';
import { Beside } from './Beside';
import { Chat, type Sending } from './Chat';
import { CreateLink, type Actions } from './RecordActions';
import { RecordNav } from './RecordNav';
import { hrefTo, useHashRoute } from './router';
import { Empty, ErrorMessage, Loading } from './States';
import type { Timeline } from './timeline';

/** What messages belong to. */
export interface Rooms<Row, Room> {
  title: string;
  noun: string;
  /** The part of the address that holds the id of the room. */
  param: string;
  source: Source<Room>;
  get: GetRecord<Room>;
  actions?: Actions;
  /** The messages of a room. */
  list: (id: string, page: Page) => Promise<ListResult<Row>>;
  /** Whether they come newest first. */
  isSorted?: boolean;
  /** The room of a message. */
  of: (row: Row) => string | number | null | undefined;
}

interface ChatRoomsProps<Row, Room, Input> {
  timeline: Timeline<Row>;
  rooms: Rooms<Row, Room>;
  sending: Omit<Sending<Input, Row>, 'read'> & {
    read: (form: FormData, room: Room) => Input;
  };
  /** The fields of a new message. */
  children: ReactNode;
}

/** Rooms to choose from, and what is said in the one that the address names. */
export function ChatRooms<Row extends object, Room, Input>(
  props: ChatRoomsProps<Row, Room, Input>,
) {
  const { title, noun, param, source, actions } = props.rooms;
  const { path, params } = useHashRoute();
  const id = params.get(param);
  return (
    <Beside
      isChosen={id !== null}
      back={<a href={hrefTo(path)}>Back to the list: {title}</a>}
      list={
        <RecordNav
          title={title}
          source={source}
          href={`${hrefTo(path)}?${param}=`}
          current={id}
          action={<CreateLink actions={actions} noun={noun} />}
        />
      }
    >
      {id === null ? (
        <Empty>Choose from the list: {title}.</Empty>
      ) : (
        <ChatRoom key={id} id={id} {...props} />
      )}
    </Beside>
  );
}

function ChatRoom<Row extends object, Room, Input>({
  id,
  timeline,
  rooms: { get, source, list, isSorted = false, of },
  sending,
  children,
}: ChatRoomsProps<Row, Room, Input> & { id: string }) {
  const { record: room, status, error, reload } = useRecord(get, id);
  const { at } = timeline;
  const newest = useMemo(() => {
    const inRoom = (page: Page) => list(id, page);
    return isSorted ? inRoom : newestFirst(inRoom, at);
  }, [list, id, isSorted, at]);
  if (status === 'loading') {
    return <Loading />;
  }
  if (error !== undefined) {
    return <ErrorMessage failure={error} onRetry={reload} />;
  }
  if (room === undefined) {
    return <Empty>This record does not exist, or you are not allowed to see it.</Empty>;
  }
  return (
    <Chat
      title={titleOf(source.summarize(room))}
      timeline={timeline}
      list={newest}
      belongs={(row) => String(of(row)) === id}
      sending={{ ...sending, read: (form) => sending.read(form, room) }}
    >
      {children}
    </Chat>
  );
}
