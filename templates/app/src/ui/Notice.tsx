import { Message } from '@aws-amplify/ui-react';
import type { ReactNode } from 'react';

import './Notice.css';

interface NoticeProps {
  heading: string;
  children: ReactNode;
  actions?: ReactNode;
}

/** Says what has to be decided before something is saved. */
export function Notice({ heading, children, actions }: NoticeProps) {
  return (
    <Message className="decision" role="status" colorTheme="warning" heading={heading}>
      <p>{children}</p>
      {actions && <div className="actions">{actions}</div>}
    </Message>
  );
}
