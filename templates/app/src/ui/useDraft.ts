import { useRef, useState } from 'react';

import { dropDraft, keepDraft, readDraft, type Draft } from '../data/drafts';
import { useUser } from '../data/user';
import { chosenIn } from './formFiles';
import { useHashRoute } from './router';

export interface KeptDraft {
  /** What was written before the page was left, until it is taken or dropped. */
  offered: Draft | undefined;
  keep: (form: FormData) => void;
  /** Takes what is offered. */
  take: () => void;
  drop: () => void;
}

/** Keeps what a user writes in this browser until it is saved. */
export function useDraft(
  id: string,
  read: (form: FormData) => object,
  texts: readonly string[],
): KeptDraft {
  const user = useUser();
  const { path } = useHashRoute();
  const key = `${String(user?.claims.sub)}:${path}:${id}`;
  const [offered, setOffered] = useState(() => readDraft(key));
  const values = useRef<object>({});

  return {
    offered,
    keep: (form) => {
      const written = Object.fromEntries(texts.map((name) => [name, form.get(name)]));
      const unsent = chosenIn(form);
      const entered = Object.entries({ ...readable(form, read), ...written });
      const lasting = entered.filter(([name]) => !unsent.has(name));
      values.current = { ...values.current, ...Object.fromEntries(lasting) };
      keepDraft(key, { ...values.current });
      setOffered(undefined);
    },
    take: () => {
      values.current = offered?.values ?? {};
      setOffered(undefined);
    },
    drop: () => {
      values.current = {};
      dropDraft(key);
      setOffered(undefined);
    },
  };
}

/** What a form holds, unless something in it is not finished yet. */
function readable(form: FormData, read: (form: FormData) => object): object {
  try {
    return read(form);
  } catch {
    return {};
  }
}
