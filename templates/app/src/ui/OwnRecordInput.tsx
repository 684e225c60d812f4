import type { GetRecord } from '../data/api';
import type { Source } from '../data/source';
import { useOwn, type ListOwn } from '../data/useOwn';
import { useUser, type User } from '../data/user';
import { inSentence } from '../data/words';
import { RelationPicker } from './RelationPicker';
import { useFieldProps, type FieldProps } from './scope';
import { Loading } from './States';

interface OwnRecordInputProps<Row> extends FieldProps {
  source: Source<Row>;
  get: GetRecord<Row>;
  list: ListOwn<Row>;
  /** Where the tokens hold the user's identity. */
  claim?: string;
}

/** Fills in the user's own record; lets them choose one while they have none. */
export function OwnRecordInput<Row>({ list, claim, ...picker }: OwnRecordInputProps<Row>) {
  const user = useUser();
  return user ? (
    <OwnRecord user={user} list={list} claim={claim} {...picker} />
  ) : (
    <RelationPicker {...picker} />
  );
}

function OwnRecord<Row>({
  user,
  list,
  claim,
  ...picker
}: OwnRecordInputProps<Row> & { user: User }) {
  const { name } = useFieldProps(picker);
  const [{ status, value }] = useOwn(list, user, claim);
  if (status === 'loading') {
    return <Loading label={`Loading ${inSentence(picker.label)}…`} />;
  }
  // Where their own cannot be loaded, people can still choose it.
  return value ? (
    <input type="hidden" name={name} value={picker.source.summarize(value).id} />
  ) : (
    <RelationPicker {...picker} />
  );
}
