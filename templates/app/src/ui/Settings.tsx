import { useState, type ReactNode } from 'react';

import { isAllowed, type Access } from '../data/access';
import type { RecordResult } from '../data/api';
import type { Source } from '../data/source';
import { useOwn, type ListOwn } from '../data/useOwn';
import { useUser, type User } from '../data/user';
import { changes } from './form';
import { FormPanel } from './FormPanel';
import { hrefTo, SIGN_IN } from './router';
import { ScopeContext, valuesOf } from './scope';
import { Empty, ErrorMessage, Loading, NotAllowed } from './States';
import './Settings.css';

interface SettingsProps<Row, Input> {
  title: string;
  source: Source<Row>;
  access: Access;
  list: ListOwn<Row>;
  /** Where the tokens hold the user's identity. */
  claim?: string;
  read: (form: FormData) => Input;
  create: (input: Input) => Promise<RecordResult<Row>>;
  update: (id: string, changes: Partial<Input>) => Promise<RecordResult<Row>>;
  /** The fields in their sections. */
  children: ReactNode;
}

/** The one record that belongs to the user: changed, or made when there is none yet. */
export function Settings<Row extends object, Input extends object>(
  props: SettingsProps<Row, Input>,
) {
  const user = useUser();
  return user ? (
    <OwnSettings user={user} {...props} />
  ) : (
    <Empty action={<a href={hrefTo(SIGN_IN)}>Sign in</a>}>
      What is set here belongs to the user who is signed in.
    </Empty>
  );
}

function OwnSettings<Row extends object, Input extends object>({
  user,
  list,
  claim,
  ...props
}: SettingsProps<Row, Input> & { user: User }) {
  const [{ status, value, error }, retry] = useOwn(list, user, claim);
  if (status === 'loading') {
    return <Loading />;
  }
  if (error !== undefined) {
    return <ErrorMessage failure={error} onRetry={retry} />;
  }
  return <SettingsForm user={user} first={value} {...props} />;
}

function SettingsForm<Row extends object, Input extends object>({
  user,
  first,
  title,
  source,
  access,
  read,
  create,
  update,
  children,
}: Omit<SettingsProps<Row, Input>, 'list' | 'claim'> & { user: User; first: Row | null }) {
  const [record, setRecord] = useState(first);
  const maySave = record ? isAllowed(access.update, user, record) : isAllowed(access.create, user);
  if (!maySave) {
    return <NotAllowed what="change this" />;
  }

  const save = async (form: FormData) => {
    const input = read(form);
    const result = record
      ? await update(source.summarize(record).id, changes(input, record))
      : await create(input);
    if (result.data) {
      setRecord(result.data);
    }
    return result;
  };

  return (
    <ScopeContext
      value={{ prefix: '', isOptional: false, values: record ? valuesOf(record) : undefined }}
    >
      <FormPanel title={title} save={save}>
        {children}
      </FormPanel>
    </ScopeContext>
  );
}
