import { Table, TableBody, TableCell, TableHead, TableRow } from '@aws-amplify/ui-react';
import { useId } from 'react';

import { titleOf, type ListRecords, type Summarize } from '../data/api';
import { useList } from '../data/useList';
import type { Column } from './column';
import { Pager } from './Pager';
import { RecordActions, type Actions } from './RecordActions';
import { RecordLink } from './RecordLink';

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

  return (
    <div className="panel">
      <div className="scroller" role="region" aria-labelledby={captionId} tabIndex={0}>
        <Table
          caption={<span id={captionId}>{title}</span>}
          size="small"
          highlightOnHover
          aria-busy={pages.status === 'loading'}
        >
          <TableHead>
            <TableRow>
              {columns.map(({ header }, index) => (
                <TableCell key={index} as="th" scope="col">
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
            {pages.rows.map((row) => {
              const summary = summarize(row);
              return (
                <TableRow key={summary.id}>
                  {columns.map(({ cell }, index) =>
                    index === 0 ? (
                      <TableCell key={index} as="th" scope="row">
                        <RecordLink detailHref={detailHref} id={summary.id}>
                          {cell(row)}
                        </RecordLink>
                      </TableCell>
                    ) : (
                      <TableCell key={index}>{cell(row)}</TableCell>
                    ),
                  )}
                  {actions && (
                    <TableCell>
                      <RecordActions
                        actions={actions}
                        record={row}
                        id={summary.id}
                        title={titleOf(summary)}
                        onRemoved={pages.reload}
                      />
                    </TableCell>
                  )}
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      </div>
      <Pager pages={pages} />
    </div>
  );
}
