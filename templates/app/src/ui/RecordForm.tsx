import type { ReactNode } from 'react';

import { titleOf, type GetRecord, type RecordResult, type Summarize } from '../data/api';
import { useRecord } from '../data/useRecord';
import { changes } from './form';
import { FormPanel } from './FormPanel';
import { usePageTitle } from './pageTitle';
import { useHashRoute } from './router';
import { ScopeContext, valuesOf } from './scope';
import { Empty, ErrorMessage, Loading } from './States';

export interface RecordFormProps<Input, Row> {
  /** What one record is called: "order". */
  noun: string;
  read: (form: FormData) => Input;
  create: (input: Input) => Promise<RecordResult<unknown>>;
  /** Without it, records can be made and not changed. */
  edit?: {
    get: GetRecord<Row>;
    summarize: Summarize<Row>;
    update: (id: string, changes: Partial<Input>) => Promise<RecordResult<unknown>>;
    /** The part of the address that holds the record's id. */
    param?: string;
  };
  children: ReactNode;
}

/** Makes a record, or changes the one that the address names. */
export function RecordForm<Input extends object, Row extends object>({
  noun,
  read,
  create,
  edit,
  children,
}: RecordFormProps<Input, Row>) {
  const { params } = useHashRoute();
  const id = edit && params.get(edit.param ?? 'id');

  if (!id) {
    return (
      <ScopeContext value={{ prefix: '', isOptional: false, given: params }}>
        <FormPanel title={`New ${noun}`} save={(form) => create(read(form))} isEmptiedAfter>
          {children}
        </FormPanel>
      </ScopeContext>
    );
  }
  return (
    <EditForm key={id} noun={noun} id={id} read={read} {...edit}>
      {children}
    </EditForm>
  );
}

type EditFormProps<Input, Row> = NonNullable<RecordFormProps<Input, Row>['edit']> &
  Pick<RecordFormProps<Input, Row>, 'noun' | 'read' | 'children'> & { id: string };

function EditForm<Input extends object, Row extends object>({
  noun,
  id,
  read,
  get,
  summarize,
  update,
  children,
}: EditFormProps<Input, Row>) {
  const { record, status, error, reload } = useRecord(get, id);
  const title = record && `Edit ${noun}: ${titleOf(summarize(record))}`;
  usePageTitle(title);
  if (status === 'loading') {
    return <Loading />;
  }
  if (error !== undefined) {
    return <ErrorMessage failure={error} onRetry={reload} />;
  }
  if (record === undefined || title === undefined) {
    return <Empty>This record does not exist, or you are not allowed to see it.</Empty>;
  }
  return (
    <ScopeContext value={{ prefix: '', isOptional: false, values: valuesOf(record) }}>
      <FormPanel title={title} save={(form) => update(id, changes(read(form), record))}>
        {children}
      </FormPanel>
    </ScopeContext>
  );
}
