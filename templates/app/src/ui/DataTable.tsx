import {
  CheckboxField,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
} from '@aws-amplify/ui-react';
import { useId } from 'react';

import { titleOf } from '../data/api';
import type { Source } from '../data/source';
import { inSentence } from '../data/words';
import type { Column } from './column';
import { Pager } from './Pager';
import { FilterBar } from './FilterBar';
import { ImportButton } from './ImportButton';
import type { Importing } from './importing';
import { CreateLink, RecordActions, type Actions } from './RecordActions';
import { RecordLink } from './RecordLink';
import { TableToolbar } from './TableToolbar';
import { useFilteredList } from './useFilter';
import { useSelection } from './useSelection';

interface DataTableProps<Row> {
  title: string;
  /** What one record is called: "order". */
  noun: string;
  source: Source<Row>;
  columns: readonly Column<Row>[];
  detailHref?: string;
  actions?: Actions;
  importing?: Importing;
}

export function DataTable<Row extends object>({
  title,
  noun,
  source,
  columns,
  detailHref,
  actions,
  importing,
}: DataTableProps<Row>) {
  const captionId = useId();
  const { summarize } = source;
  const { filter, pages } = useFilteredList(source);
  const selection = useSelection();
  const rows = pages.rows.map((row) => ({ row, ...summarize(row) }));
  const ids = rows.map(({ id }) => id);
  const create = <CreateLink actions={actions} noun={noun} />;

  return (
    <div className="panel">
      <TableToolbar
        title={title}
        list={filter.list}
        columns={columns}
        selected={rows.filter(({ id }) => selection.ids.has(id)).map(({ row }) => row)}
        selection={selection}
        summarize={summarize}
        actions={actions}
        onRemoved={pages.reload}
      >
        {create}
        {actions && importing && (
          <ImportButton
            nouns={inSentence(title)}
            access={actions.access}
            importing={importing}
            onSaved={pages.reload}
          />
        )}
      </TableToolbar>
      <FilterBar title={title} source={source} filter={filter} />
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
                  label={`Select all ${inSentence(title)}`}
                  labelHidden
                  checked={ids.length > 0 && ids.every((id) => selection.ids.has(id))}
                  isDisabled={ids.length === 0}
                  onChange={() => selection.toggleAll(ids)}
                />
              </TableCell>
              {columns.map(({ header, field, isNumber }) => (
                <TableCell key={field} as="th" scope="col" className={numeric(isNumber)}>
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
                {columns.map(({ field, cell, isNumber }, index) =>
                  index === 0 ? (
                    <TableCell key={field} as="th" scope="row">
                      <RecordLink detailHref={detailHref} id={id}>
                        {cell(row)}
                      </RecordLink>
                    </TableCell>
                  ) : (
                    <TableCell key={field} className={numeric(isNumber)}>
                      {cell(row)}
                    </TableCell>
                  ),
                )}
                {actions && (
                  <TableCell>
                    <RecordActions
                      actions={actions}
                      record={row}
                      id={id}
                      title={titleOf({ id, title: name })}
                      onRemoved={() => pages.drop(row)}
                    />
                  </TableCell>
                )}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      <Pager pages={pages} isFiltered={filter.isOn} action={create} />
    </div>
  );
}

function numeric(isNumber = false): string {
  return isNumber ? 'number' : '';
}
