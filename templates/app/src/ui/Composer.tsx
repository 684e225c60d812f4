import type { ReactNode } from 'react';

import { isAllowed, type Access } from '../data/access';
import type { RecordResult } from '../data/api';
import { useUser } from '../data/user';
import { FormPanel } from './FormPanel';

/** How records are made where they are shown. */
export interface Composing<Input, Row> {
  access: Access;
  read: (form: FormData) => Input;
  create: (input: Input) => Promise<RecordResult<Row>>;
}

interface ComposerProps<Input, Row> extends Composing<Input, Row> {
  noun: string;
  onCreated: (row: Row) => void;
  children: ReactNode;
}

/** A form for a new record, for those who may make one. */
export function Composer<Input, Row>({
  noun,
  access,
  read,
  create,
  onCreated,
  children,
}: ComposerProps<Input, Row>) {
  const user = useUser();
  if (!isAllowed(access.create, user)) {
    return null;
  }
  const save = async (form: FormData) => {
    const result = await create(read(form));
    if (result.data) {
      onCreated(result.data);
    }
    return result;
  };
  return (
    <FormPanel title={`New ${noun}`} save={save} submitLabel="Post" isEmptiedAfter>
      {children}
    </FormPanel>
  );
}
