import { Message } from '@aws-amplify/ui-react';
import { Fragment, type ReactNode } from 'react';

import { FollowUpContext } from './followUps';
import { RegisterFileContext } from './formFiles';
import { TouchContext } from './unsaved';
import type { FormState } from './useForm';

/** The fields of a form, which begin anew after each record. */
export function FormFields({ form, children }: { form: FormState; children: ReactNode }) {
  return (
    <TouchContext value={form.touch}>
      <RegisterFileContext value={form.registerFile}>
        <FollowUpContext value={form.registerFollowUp}>
          <div className="form-fields" inert={form.outcome.status === 'unfinished'}>
            <Fragment key={form.outcome.revision}>{children}</Fragment>
          </div>
        </FollowUpContext>
      </RegisterFileContext>
    </TouchContext>
  );
}

/** Says why a form could not be saved. */
export function FormProblem({ form: { isPending, outcome } }: { form: FormState }) {
  return (
    !isPending &&
    (outcome.status === 'failed' || outcome.status === 'unfinished') && (
      <Message role="alert" colorTheme="error">
        {outcome.message}
      </Message>
    )
  );
}
