import { Fragment, type ReactNode } from 'react';

import { titleOf, type GetRecord, type RecordResult, type Summarize } from '../data/api';
import { useRecord } from '../data/useRecord';
import { ConflictNotice } from './ConflictNotice';
import { FormPanel } from './FormPanel';
import { usePageTitle } from './pageTitle';
import { useHashRoute } from './router';
import { ScopeContext } from './scope';
import { Empty, ErrorMessage, Loading } from './States';
import { useVersion } from './useVersion';

interface Editing<Row, Changes> {
  get: GetRecord<Row>;
  summarize: Summarize<Row>;
  update: (id: string, changes: NoInfer<Partial<Changes>>) => Promise<RecordResult<Row>>;
  /** The part of the address that holds the record's id. */
  param?: string;
}

/** Where other fields may be changed than a new record is made of. */
interface OwnEditing<Row, Changes> extends Editing<Row, Changes> {
  read: (form: FormData) => Changes;
  inputs: ReactNode;
}

export interface RecordFormProps<Input, Row, Changes> {
  /** What one record is called: "order". */
  noun: string;
  read: (form: FormData) => Input;
  create: (input: Input) => Promise<RecordResult<unknown>>;
  /** Without it, records can be made and not changed. */
  edit?: Editing<Row, Input> | OwnEditing<Row, Changes>;
  children: ReactNode;
}

/** Makes a record, or changes the one that the address names. */
export function RecordForm<Input extends object, Row extends object, Changes extends object>({
  noun,
  read,
  create,
  edit,
  children,
}: RecordFormProps<Input, Row, Changes>) {
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
  return 'inputs' in edit ? (
    <EditForm key={id} noun={noun} id={id} {...edit} />
  ) : (
    <EditForm key={id} noun={noun} id={id} read={read} inputs={children} {...edit} />
  );
}

interface EditFormProps<Row, Changes> extends OwnEditing<Row, Changes> {
  noun: string;
  id: string;
}

function EditForm<Row extends object, Changes extends object>(props: EditFormProps<Row, Changes>) {
  const { record, status, error, reload } = useRecord(props.get, props.id);
  if (status === 'loading') {
    return <Loading />;
  }
  if (error !== undefined) {
    return <ErrorMessage failure={error} onRetry={reload} />;
  }
  return record === undefined ? (
    <Empty>This record does not exist, or you are not allowed to see it.</Empty>
  ) : (
    <ChangeForm record={record} {...props} />
  );
}

function ChangeForm<Row extends object, Changes extends object>({
  record,
  summarize,
  inputs,
  ...versioned
}: EditFormProps<Row, Changes> & { record: Row }) {
  const { noun } = versioned;
  const title = `Edit ${noun}: ${titleOf(summarize(record))}`;
  usePageTitle(title);
  const { save, start, latest, take, keep } = useVersion(record, versioned);
  return (
    <ScopeContext value={{ prefix: '', isOptional: false, values: start.values }}>
      <FormPanel
        title={title}
        save={save}
        notice={
          latest &&
          ((settle) => (
            <ConflictNotice
              noun={noun}
              latest={latest}
              onTake={(row) => {
                take(row);
                settle();
              }}
              onKeep={keep}
            />
          ))
        }
      >
        <Fragment key={start.revision}>{inputs}</Fragment>
      </FormPanel>
    </ScopeContext>
  );
}
