import { useRef, useState } from 'react';

import type { RecordResult } from '../data/api';
import { failureOf, throwErrors, type Failure } from '../data/failure';

/** A record on its way to the API. */
export interface Outgoing<Input> {
  key: number;
  input: Input;
  /** Why it did not get there. */
  failure?: Failure;
}

export interface Outbox<Input> {
  outgoing: readonly Outgoing<Input>[];
  send: (input: Input) => void;
  retry: (item: Outgoing<Input>) => void;
  discard: (item: Outgoing<Input>) => void;
}

/** Shows records while they are saved, and keeps those that could not be. */
export function useOutbox<Input, Row>(
  create: (input: Input) => Promise<RecordResult<Row>>,
  onSent: (row: Row) => void,
): Outbox<Input> {
  const [outgoing, setOutgoing] = useState<readonly Outgoing<Input>[]>([]);
  const nextKey = useRef(0);

  const discard = ({ key }: Outgoing<Input>) =>
    setOutgoing((items) => items.filter((item) => item.key !== key));
  const replace = (changed: Outgoing<Input>) =>
    setOutgoing((items) => items.map((item) => (item.key === changed.key ? changed : item)));

  const attempt = async (item: Outgoing<Input>) => {
    try {
      const result = await create(item.input);
      throwErrors(result);
      discard(item);
      if (result.data) {
        onSent(result.data);
      }
    } catch (cause) {
      replace({ ...item, failure: failureOf(cause) });
    }
  };

  return {
    outgoing,
    send: (input) => {
      const item = { key: nextKey.current, input };
      nextKey.current += 1;
      setOutgoing((items) => [...items, item]);
      void attempt(item);
    },
    retry: ({ key, input }) => {
      replace({ key, input });
      void attempt({ key, input });
    },
    discard,
  };
}
