import { Fragment, use, useState, type ReactNode } from 'react';

import { titleOf, type GetRecord, type RecordResult, type Summarize } from '../data/api';
import { useOwn, type ListOwn } from '../data/useOwn';
import { useRecord } from '../data/useRecord';
import { useUser, type User } from '../data/user';
import { announce } from './announce';
import { ConflictNotice } from './ConflictNotice';
import { FormPanel } from './FormPanel';
import { PageTitleContext, usePageTitle } from './pageTitle';
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

/** How the one record is found that belongs to a user. */
interface Own<Row> {
  list: ListOwn<Row>;
  /** Where the tokens hold the user's identity. */
  claim?: string;
}

export interface RecordFormProps<Input, Row, Changes> {
  /** What one record is called: "order". */
  noun: string;
  read: (form: FormData) => Input;
  create: (input: Input) => Promise<RecordResult<Row>>;
  /** Without it, records can be made and not changed. */
  edit?: Editing<Row, Input> | OwnEditing<Row, Changes>;
  /** Where everybody has one record: the form changes the user's, once it is there. */
  own?: Own<Row>;
  children: ReactNode;
}

/** Makes a record, or changes the one that the address names, or the user's own. */
export function RecordForm<Input extends object, Row extends object, Changes extends object>({
  own,
  ...props
}: RecordFormProps<Input, Row, Changes>) {
  const { params } = useHashRoute();
  const user = useUser();
  const { edit } = props;
  const id = edit && params.get(edit.param ?? 'id');
  if (edit && id) {
    return <ExistingForm key={id} id={id} {...props} edit={edit} />;
  }
  return edit && own && user ? (
    <OwnForm user={user} own={own} {...props} edit={edit} />
  ) : (
    <NewForm {...props} />
  );
}

type NewProps<Input, Row> = Pick<
  RecordFormProps<Input, Row, never>,
  'noun' | 'read' | 'create' | 'children'
>;

function NewForm<Input, Row>({
  noun,
  title = `New ${noun}`,
  read,
  create,
  children,
}: NewProps<Input, Row> & { title?: string }) {
  const { params } = useHashRoute();
  return (
    <ScopeContext value={{ prefix: '', isOptional: false, given: params }}>
      <FormPanel title={title} save={(form) => create(read(form))} isEmptiedAfter>
        {children}
      </FormPanel>
    </ScopeContext>
  );
}

interface Changing<Input, Row, Changes> extends NewProps<Input, Row> {
  edit: Editing<Row, Input> | OwnEditing<Row, Changes>;
}

function OwnForm<Input extends object, Row extends object, Changes extends object>({
  user,
  own: { list, claim },
  ...props
}: Changing<Input, Row, Changes> & { user: User; own: Own<Row> }) {
  const title = use(PageTitleContext) || `Your ${props.noun}`;
  const [{ status, value, error }, retry] = useOwn(list, user, claim);
  const [made, setMade] = useState<Row>();
  const record = made ?? value;
  const { noun, create, edit } = props;
  if (status === 'loading') {
    return <Loading />;
  }
  if (error !== undefined) {
    return <ErrorMessage failure={error} onRetry={retry} />;
  }
  if (record) {
    return <ExistingForm id={edit.summarize(record).id} title={title} {...props} />;
  }

  const begin = async (input: Input) => {
    const result = await create(input);
    if (result.data) {
      announce(`Your ${noun} is saved: ${titleOf(edit.summarize(result.data))}.`);
      setMade(result.data);
    }
    return result;
  };
  return <NewForm {...props} title={title} create={begin} />;
}

function ExistingForm<Input extends object, Row extends object, Changes extends object>({
  edit,
  read,
  noun,
  children,
  ...props
}: Changing<Input, Row, Changes> & { id: string; title?: string }) {
  return 'inputs' in edit ? (
    <EditForm noun={noun} {...props} {...edit} />
  ) : (
    <EditForm noun={noun} read={read} inputs={children} {...props} {...edit} />
  );
}

interface EditFormProps<Row, Changes> extends OwnEditing<Row, Changes> {
  noun: string;
  id: string;
  /** What the form is called, if not by its record. */
  title?: string;
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
  title: stated,
  summarize,
  inputs,
  ...versioned
}: EditFormProps<Row, Changes> & { record: Row }) {
  const { noun } = versioned;
  const named = `Edit ${noun}: ${titleOf(summarize(record))}`;
  usePageTitle(stated === undefined ? named : undefined);
  const title = stated ?? named;
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
