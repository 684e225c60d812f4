import { identitiesOf } from '../data/access';
import { useUser } from '../data/user';
import { toInput } from './initial';
import { useFieldProps, useInitialValue } from './scope';

interface OwnerInputProps {
  name: string;
  /** Where the tokens hold the user's identity. */
  claim?: string;
}

/** Fills in whose the record is, which people are not asked. */
export function OwnerInput({ name, claim }: OwnerInputProps) {
  const user = useUser();
  const field = useFieldProps({ name, label: '' });
  const [identity] = user ? identitiesOf(user, claim) : [];
  const value = toInput(useInitialValue(name, identity), 'text') ?? '';
  return <input type="hidden" name={field.name} value={value} />;
}
