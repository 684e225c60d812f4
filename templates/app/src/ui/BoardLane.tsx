import { Button } from '@aws-amplify/ui-react';
import { useId, useState, type DragEvent, type ReactNode } from 'react';

import type { Summarize } from '../data/api';
import type { Lane } from './lanes';

const SHOWN = 50;

interface BoardLaneProps<Row> {
  lane: Lane<Row, unknown>;
  summarize: Summarize<Row>;
  /** The ids of records that stand before the others. */
  first: readonly string[];
  /** Whether a card is on its way. */
  isTarget: boolean;
  onDrop: () => void;
  children: (row: Row) => ReactNode;
}

/** A column of a board. */
export function BoardLane<Row>({
  lane: { label, rows },
  summarize,
  first,
  isTarget,
  onDrop,
  children,
}: BoardLaneProps<Row>) {
  const headingId = useId();
  const [limit, setLimit] = useState(SHOWN);
  const [isOver, setIsOver] = useState(false);

  const place = (row: Row) => {
    const index = first.indexOf(summarize(row).id);
    return index < 0 ? first.length : index;
  };
  const sorted = rows.toSorted((one, other) => place(one) - place(other));

  const onDragOver = (event: DragEvent) => {
    if (isTarget) {
      // Says that a card may be dropped here.
      event.preventDefault();
      setIsOver(true);
    }
  };

  const onDragLeave = ({ currentTarget, relatedTarget }: DragEvent) => {
    if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) {
      setIsOver(false);
    }
  };

  return (
    <section
      className="lane"
      aria-labelledby={headingId}
      tabIndex={0}
      data-over={isOver}
      onDragOver={onDragOver}
      onDragLeave={onDragLeave}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        onDrop();
      }}
    >
      <h3 id={headingId}>
        {label} <span className="lane-count">{rows.length.toLocaleString()}</span>
      </h3>
      <ul className="lane-cards">{sorted.slice(0, limit).map(children)}</ul>
      {rows.length > limit && (
        <Button size="small" onClick={() => setLimit(limit + SHOWN)}>
          Show more of {label}
        </Button>
      )}
    </section>
  );
}
