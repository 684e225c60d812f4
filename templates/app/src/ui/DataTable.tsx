import {
  CheckboxField,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
} from '@aws-amplify/ui-react';
import { useId } from 'react';

import { titleOf, type ListRecords, type Summarize } from '../data/api';
import { useList } from '../data/useList';
import type { Column } from './column';
import { Pager } from './Pager';
import { RecordActions, type Actions } from './RecordActions';
import { RecordLink } from './RecordLink';
import { TableToolbar } from './TableToolbar';
import { useSelection } from './useSelection';

interface DataTableProps<Row> {
  title: string;
  list: ListRecords<Row>;
  summarize: Summarize<Row>;
  columns: readonly Column<Row>[];
  detailHref?: string;
  actions?: Actions;
}

export function DataTable<Row extends object>({
  title,
  list,
  summarize,
  columns,
  detailHref,
  actions,
}: DataTableProps<Row>) {
  const captionId = useId();
  const pages = useList(list);
  const selection = useSelection();
  const rows = pages.rows.map((row) => ({ row, ...summarize(row) }));
  const ids = rows.map(({ id }) => id);

  return (
    <div className="panel">
      <TableToolbar
        title={title}
        list={list}
        columns={columns}
        selected={rows.filter(({ id }) => selection.ids.has(id)).map(({ row }) => row)}
        selection={selection}
        summarize={summarize}
        actions={actions}
        onRemoved={pages.reload}
      />
      <div className="scroller" role="region" aria-labelledby={captionId} tabIndex={0}>
        <Table
          caption={<span id={captionId}>{title}</span>}
          size="small"
          highlightOnHover
          aria-busy={pages.status === 'loading'}
        >
          <TableHead>
            <TableRow>
              <TableCell as="th" scope="col">
                <CheckboxField
                  name="all"
                  label={`Select all ${title.toLowerCase()}`}
                  labelHidden
                  checked={ids.length > 0 && ids.every((id) => selection.ids.has(id))}
                  isDisabled={ids.length === 0}
                  onChange={() => selection.toggleAll(ids)}
                />
              </TableCell>
              {columns.map(({ header, field }) => (
                <TableCell key={field} as="th" scope="col">
                  {header}
                </TableCell>
              ))}
              {actions && (
                <TableCell as="th" scope="col">
                  Actions
                </TableCell>
              )}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(({ row, id, title: name }) => (
              <TableRow key={id}>
                <TableCell>
                  <CheckboxField
                    name={id}
                    label={`Select ${titleOf({ id, title: name })}`}
                    labelHidden
                    checked={selection.ids.has(id)}
                    onChange={() => selection.toggle(id)}
                  />
                </TableCell>
                {columns.map(({ field, cell }, index) =>
                  index === 0 ? (
                    <TableCell key={field} as="th" scope="row">
                      <RecordLink detailHref={detailHref} id={id}>
                        {cell(row)}
                      </RecordLink>
                    </TableCell>
                  ) : (
                    <TableCell key={field}>{cell(row)}</TableCell>
                  ),
                )}
                {actions && (
                  <TableCell>
                    <RecordActions
                      actions={actions}
                      record={row}
                      id={id}
                      title={titleOf({ id, title: name })}
                      onRemoved={pages.reload}
                    />
                  </TableCell>
                )}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      <Pager pages={pages} />
    </div>
  );
}
