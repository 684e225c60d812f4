import { useRef, useState, type RefObject } from 'react';

import { FieldError } from './form';
import { controlOf, explain } from './useForm';

export interface Steps {
  form: RefObject<HTMLFormElement | null>;
  step: number;
  /** What is wrong with the present step. */
  problem: string;
  goTo: (step: number) => void;
  /** Goes to the next step, unless something is wrong with this one. */
  advance: () => void;
}

/** Leads through the steps of a form, each of which is valid before the next one is shown. */
export function useSteps(read: (form: FormData) => unknown): Steps {
  const form = useRef<HTMLFormElement>(null);
  const [step, setStep] = useState(0);
  const [problem, setProblem] = useState('');

  const goTo = (next: number) => {
    setProblem('');
    setStep(next);
  };

  return {
    form,
    step,
    problem,
    goTo,
    advance: () => {
      const section = form.current && stepIn(form.current, step);
      const wrong = section?.querySelector<HTMLInputElement>(
        'input:invalid, select:invalid, textarea:invalid',
      );
      if (wrong) {
        wrong.reportValidity();
        return;
      }
      const found = form.current && section && problemIn(form.current, section, read);
      if (found) {
        setProblem(found);
      } else {
        goTo(step + 1);
      }
    },
  };
}

export function stepIn(form: HTMLFormElement, step: number): Element | null {
  return form.querySelector(`[data-step="${step}"]`);
}

/** What the browser cannot know of the fields in a section. */
function problemIn(
  form: HTMLFormElement,
  section: Element,
  read: (form: FormData) => unknown,
): string | undefined {
  try {
    read(new FormData(form));
    return undefined;
  } catch (cause) {
    const isHere = cause instanceof FieldError && section.contains(controlOf(cause, form));
    return isHere ? explain(cause, form) : undefined;
  }
}
