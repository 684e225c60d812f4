import { Button } from '@aws-amplify/ui-react';
import { lazy, Suspense, useState } from 'react';

import { isAllowed, type Access } from '../data/access';
import { useUser } from '../data/user';
import type { Importing } from './importing';
import { Loading } from './States';

const ImportDialog = lazy(() => import('./ImportDialog'));

interface ImportButtonProps {
  nouns: string;
  access: Access;
  importing: Importing;
  onSaved: () => void;
}

/** The way to records from a file, for those who may make some. */
export function ImportButton({ nouns, access, importing, onSaved }: ImportButtonProps) {
  const user = useUser();
  const [isOpen, setIsOpen] = useState(false);
  if (!isAllowed(access.create, user)) {
    return null;
  }
  return (
    <>
      <Button size="small" onClick={() => setIsOpen(true)}>
        Import CSV
      </Button>
      {isOpen && (
        <Suspense fallback={<Loading />}>
          <ImportDialog
            nouns={nouns}
            importing={importing}
            onSaved={onSaved}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
