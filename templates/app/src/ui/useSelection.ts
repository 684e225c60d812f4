import { useState } from 'react';

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
  /** Selects these, or nothing when all of them are selected. */
  toggleAll: (ids: readonly string[]) => void;
  clear: () => void;
}

/** Which rows of a table are selected. */
export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set<string>());
  return {
    ids,
    toggle: (id) => {
      const next = new Set(ids);
      if (!next.delete(id)) {
        next.add(id);
      }
      setIds(next);
    },
    toggleAll: (all) => setIds(new Set(all.every((id) => ids.has(id)) ? [] : all)),
    clear: () => setIds(new Set()),
  };
}
