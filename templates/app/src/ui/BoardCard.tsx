import { SelectField, VisuallyHidden } from '@aws-amplify/ui-react';
import { useId } from 'react';

import { titleOf, type Summary } from '../data/api';
import type { Column } from './column';
import { Facts } from './Facts';
import type { Lane } from './lanes';
import { RecordActions, type Actions } from './RecordActions';
import { RecordLink } from './RecordLink';

interface BoardCardProps<Row> {
  row: Row;
  summary: Summary;
  /** The column that the card is in, and all of them. */
  lane: Lane<Row, unknown>;
  lanes: readonly Lane<Row, unknown>[];
  isBusy: boolean;
  isMovable: boolean;
  isFocused: boolean;
  onFocus: (id: string | undefined) => void;
  onDrag: (row: Row | undefined) => void;
  onMove: (key: string) => void;
  onRemoved: () => void;
  fields: readonly Column<Row>[];
  detailHref: string | undefined;
  actions: Actions | undefined;
}

/** A record on a board, with the ways to move it. */
export function BoardCard<Row extends object>({
  row,
  summary,
  lane,
  lanes,
  isBusy,
  isMovable,
  isFocused,
  onFocus,
  onDrag,
  onMove,
  onRemoved,
  fields,
  detailHref,
  actions,
}: BoardCardProps<Row>) {
  const headingId = useId();
  const { id } = summary;
  const title = titleOf(summary);
  return (
    <li
      className="card board-card"
      aria-labelledby={headingId}
      aria-busy={isBusy}
      draggable={isMovable && !isBusy}
      onDragStart={({ dataTransfer }) => {
        dataTransfer.effectAllowed = 'move';
        dataTransfer.setData('text/plain', title);
        onDrag(row);
      }}
      onDragEnd={() => onDrag(undefined)}
    >
      <h4 id={headingId}>
        <RecordLink detailHref={detailHref} id={id}>
          {title}
        </RecordLink>
      </h4>
      {fields.length > 0 && <Facts record={row} fields={fields} />}
      {isMovable && (
        <SelectField
          size="small"
          label={
            <>
              Move <VisuallyHidden as="span">{title}</VisuallyHidden> to
            </>
          }
          value={lane.key}
          autoFocus={isFocused}
          onFocus={() => onFocus(id)}
          onBlur={() => onFocus(undefined)}
          onChange={({ currentTarget }) => onMove(currentTarget.value)}
        >
          {lanes.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </SelectField>
      )}
      {actions && (
        <RecordActions actions={actions} record={row} id={id} title={title} onRemoved={onRemoved} />
      )}
    </li>
  );
}
