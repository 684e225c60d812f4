import { use, type ReactNode } from 'react';

import type { Access } from '../data/access';
import type { RecordResult } from '../data/api';
import type { Source } from '../data/source';
import { AdminContext } from './adminTab';
import type { Column } from './column';
import type { Command } from './command';
import { DataTable } from './DataTable';
import type { Importing } from './importing';
import { RecordForm, type RecordFormProps } from './RecordForm';
import { hrefTo, useHashRoute } from './router';

interface AdminTabProps<Row, Input, Changes> {
  name: string;
  title: string;
  /** What one record is called: "order". */
  noun: string;
  source: Source<Row>;
  columns: readonly Column<Row>[];
  detailHref?: string;
  access: Access;
  remove?: (id: string) => Promise<RecordResult<unknown>>;
  commands?: readonly Command[];
  importing?: Importing;
  /** How records are made and changed; without it they are only shown. */
  form?: Pick<RecordFormProps<Input, Row, Changes>, 'read' | 'create' | 'edit'>;
  /** The fields of a record. */
  children?: ReactNode;
}

/** The records of one model: their table, or the form of the one that the address names. */
export function AdminTab<Row extends object, Input extends object, Changes extends object>({
  name,
  title,
  noun,
  source,
  columns,
  detailHref,
  access,
  remove,
  commands,
  importing,
  form,
  children,
}: AdminTabProps<Row, Input, Changes>) {
  const { path, params } = useHashRoute();
  const href = `${hrefTo(path)}?model=${name}`;
  if (use(AdminContext) !== name) {
    return null;
  }
  if (form && (params.has('new') || params.has('id'))) {
    return (
      <>
        <p>
          <a href={href}>Back to the list: {title}</a>
        </p>
        <RecordForm key={name} noun={noun} {...form}>
          {children}
        </RecordForm>
      </>
    );
  }
  return (
    <DataTable
      title={title}
      noun={noun}
      source={source}
      columns={columns}
      detailHref={detailHref}
      importing={importing}
      actions={{
        access,
        remove,
        commands,
        createHref: form && `${href}&new`,
        editHref: form?.edit && `${href}&id=`,
      }}
    />
  );
}
