import { use, useEffect, useState } from 'react';

import { failureOf } from '../data/failure';
import { dropLink, makeLink, ownKey, type Linked, type Links } from '../data/links';
import { FollowUpContext } from './followUps';
import { valuesOf } from './scope';
import { TouchContext } from './unsaved';

interface ChosenLinks<Link> {
  chosen: readonly Linked<Link>[];
  add: (item: Linked<Link>) => void;
  drop: (item: Linked<Link>) => void;
}

/** The related records that are chosen in a form, which saves the difference after its record. */
export function useLinks<Link>(
  label: string,
  links: Links<Link>,
  present: readonly Linked<Link>[],
): ChosenLinks<Link> {
  const register = use(FollowUpContext);
  const touch = use(TouchContext);
  const [saved, setSaved] = useState(present);
  const [chosen, setChosen] = useState(present);

  useEffect(
    () =>
      register?.(label, async (record) => {
        const key = ownKey(links.own, valuesOf(record));
        const problems: string[] = [];
        let now = saved;
        const attempt = async (
          item: Linked<Link>,
          save: () => Promise<readonly Linked<Link>[]>,
        ) => {
          try {
            now = await save();
          } catch (cause) {
            problems.push(`${item.title} (${failureOf(cause).message})`);
          }
        };
        for (const item of without(saved, chosen)) {
          await attempt(item, async () => {
            await dropLink(links, item);
            return now.filter(({ id }) => id !== item.id);
          });
        }
        for (const item of without(chosen, saved)) {
          await attempt(item, async () => [...now, await makeLink(links, key, item)]);
        }
        setSaved(now);
        if (problems.length > 0) {
          throw new Error(problems.join(', '));
        }
      }),
    [register, label, links, saved, chosen],
  );

  return {
    chosen,
    add: (item) => {
      setChosen([...without(chosen, [item]), item]);
      touch();
    },
    drop: (item) => {
      setChosen(without(chosen, [item]));
      touch();
    },
  };
}

function without<Link>(
  some: readonly Linked<Link>[],
  others: readonly Linked<Link>[],
): readonly Linked<Link>[] {
  const ids = new Set(others.map(({ id }) => id));
  return some.filter(({ id }) => !ids.has(id));
}
