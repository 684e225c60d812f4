import { Button, Message } from '@aws-amplify/ui-react';
import { useState, type ReactNode, type SubmitEvent } from 'react';

import { isAllowed, type Access } from '../data/access';
import type { RecordResult } from '../data/api';
import { useUser } from '../data/user';
import { enteredIn, type Entry } from './entered';
import { FormFields, FormProblem } from './FormFields';
import { useHeading } from './pageTitle';
import { useHashRoute } from './router';
import { ScopeContext } from './scope';
import { NotAllowed } from './States';
import { StepsContext } from './steps';
import { useForm } from './useForm';
import { stepIn, useSteps } from './useSteps';
import { WizardCheck } from './WizardCheck';
import { WizardProgress } from './WizardProgress';
import { WizardStep } from './WizardStep';
import './Wizard.css';

interface WizardProps<Input> {
  /** What one record is called: "order". */
  noun: string;
  /** What the steps are called; each is a `WizardStep` among the children. */
  steps: readonly string[];
  access: Access;
  read: (form: FormData) => Input;
  create: (input: Input) => Promise<RecordResult<unknown>>;
  children: ReactNode;
}

/** Makes a record in several steps, and shows all that was entered before it is saved. */
export function Wizard<Input>({ noun, steps, access, read, create, children }: WizardProps<Input>) {
  const { id, heading } = useHeading(`New ${noun}`);
  const user = useUser();
  const { params } = useHashRoute();
  const { form: element, step, problem, goTo, advance } = useSteps(read);
  const [entries, setEntries] = useState<readonly (readonly Entry[])[]>([]);
  const form = useForm(async (data) => {
    const result = await create(read(data));
    if (result.data) {
      goTo(0);
    }
    return result;
  }, true);
  const { isPending, outcome } = form;
  const isLast = step === steps.length;

  if (!isAllowed(access.create, user)) {
    return <NotAllowed what={`make a new ${noun}`} />;
  }

  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    if (isLast) {
      form.onSubmit(event);
      return;
    }
    event.preventDefault();
    setEntries(
      steps.map((title, index) => {
        const section = stepIn(event.currentTarget, index);
        return section ? enteredIn(section, title) : [];
      }),
    );
    advance();
  };

  return (
    <form
      ref={element}
      className="panel form wizard"
      aria-labelledby={id}
      noValidate
      onSubmit={onSubmit}
      onChange={form.touch}
    >
      {heading}
      <StepsContext value={{ titles: [...steps, 'Check and save'], step }}>
        <WizardProgress onChoose={goTo} />
        <ScopeContext value={{ prefix: '', isOptional: false, given: params }}>
          <FormFields form={form}>{children}</FormFields>
        </ScopeContext>
        <WizardStep step={steps.length}>
          <WizardCheck entries={entries} onChange={goTo} />
        </WizardStep>
      </StepsContext>
      {problem && (
        <Message role="alert" colorTheme="error">
          {problem}
        </Message>
      )}
      <div className="actions">
        {step > 0 && <Button onClick={() => goTo(step - 1)}>Back</Button>}
        <Button type="submit" variation="primary" aria-disabled={isPending}>
          {isLast ? 'Save' : 'Next'}
        </Button>
        <p role="status">{!isPending && step === 0 && outcome.status === 'saved' && 'Saved.'}</p>
      </div>
      <FormProblem form={form} />
    </form>
  );
}
