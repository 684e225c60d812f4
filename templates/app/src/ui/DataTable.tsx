import { Table, TableBody, TableCell, TableHead, TableRow } from '@aws-amplify/ui-react';
import { useId } from 'react';

import type { ListRecords, Summarize } from '../data/api';
import { useList } from '../data/useList';
import type { Column } from './column';
import { Pager } from './Pager';
import { RecordLink } from './RecordLink';

interface DataTableProps<Row> {
  title: string;
  list: ListRecords<Row>;
  summarize: Summarize<Row>;
  columns: readonly Column<Row>[];
  detailHref?: string;
}

export function DataTable<Row>({
  title,
  list,
  summarize,
  columns,
  detailHref,
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
            </TableRow>
          </TableHead>
          <TableBody>
            {pages.rows.map((row) => {
              const { id } = summarize(row);
              return (
                <TableRow key={id}>
                  {columns.map(({ cell }, index) =>
                    index === 0 ? (
                      <TableCell key={index} as="th" scope="row">
                        <RecordLink detailHref={detailHref} id={id}>
                          {cell(row)}
                        </RecordLink>
                      </TableCell>
                    ) : (
                      <TableCell key={index}>{cell(row)}</TableCell>
                    ),
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
