import './Board.css';

import { VisuallyHidden } from '@aws-amplify/ui-react';
import { useState } from 'react';

import type { Source } from '../data/source';
import { useAll } from '../data/useAll';
import { BoardCard } from './BoardCard';
import { BoardLane } from './BoardLane';
import type { Column } from './column';
import { toLanes, type Lane, type Lanes } from './lanes';
import { CreateLink, type Actions } from './RecordActions';
import { RecordsPanel } from './RecordsPanel';
import { Empty, ErrorMessage } from './States';
import { useMoves, type Move } from './useMoves';

interface BoardProps<Row, T extends string, None extends null> {
  title: string;
  /** What one record is called: "task". */
  noun: string;
  source: Source<Row>;
  lanes: Lanes<Row, T, None>;
  /** Without it, records stay where they are. */
  move?: Move<Row, T | None>;
  fields: readonly Column<Row>[];
  detailHref?: string;
  actions?: Actions;
}

/** Shows records in columns by a value. They are moved by dragging, or by choosing a column. */
export function Board<Row extends object, T extends string, None extends null = never>({
  title,
  noun,
  source,
  lanes: by,
  move,
  fields,
  detailHref,
  actions,
}: BoardProps<Row, T, None>) {
  const { summarize } = source;
  const records = useAll(source);
  const moves = useMoves(records, summarize, move);
  const [dragged, setDragged] = useState<Row>();
  // A card that another column takes is made anew there, and must get the focus back.
  const [focused, setFocused] = useState<string>();

  const lanes = toLanes(records.rows, by);
  // Most records have a value: the column of the others is there when it is needed.
  const shown = lanes.filter(({ key, rows }) => key !== '' || rows.length > 0 || dragged);
  const create = <CreateLink actions={actions} noun={noun} />;
  const take = (row: Row | undefined, lane: Lane<Row, T | None> | undefined) => {
    if (row && lane && !lane.rows.includes(row)) {
      void moves.start(row, lane);
    }
  };

  return (
    <RecordsPanel title={title} records={records} action={create}>
      {(rows) => (
        <>
          {moves.failure && <ErrorMessage title={moves.message} failure={moves.failure} />}
          <VisuallyHidden role="status">{!moves.failure && moves.message}</VisuallyHidden>
          {rows.length === 0 && <Empty action={create}>There is nothing here yet.</Empty>}
          <div className="board">
            {shown.map((lane) => (
              <BoardLane
                key={lane.key}
                lane={lane}
                summarize={summarize}
                first={moves.ids}
                isTarget={dragged !== undefined}
                onDrop={() => take(dragged, lane)}
              >
                {(row) => {
                  const summary = summarize(row);
                  return (
                    <BoardCard
                      key={summary.id}
                      row={row}
                      summary={summary}
                      lane={lane}
                      lanes={lanes}
                      isBusy={moves.isSaving(row)}
                      isMovable={moves.isAllowed(row)}
                      isFocused={focused === summary.id}
                      onFocus={setFocused}
                      onDrag={setDragged}
                      onMove={(key) =>
                        take(
                          row,
                          lanes.find((other) => other.key === key),
                        )
                      }
                      onRemoved={() => records.drop(row)}
                      fields={fields}
                      detailHref={detailHref}
                      actions={actions}
                    />
                  );
                }}
              </BoardLane>
            ))}
          </div>
        </>
      )}
    </RecordsPanel>
  );
}
