import { use, useEffect, useId, useRef, type ReactNode } from 'react';

import { StepsContext } from './steps';

interface WizardStepProps {
  step: number;
  children: ReactNode;
}

/** One step of a wizard. What was entered stays while others are shown. */
export function WizardStep({ step, children }: WizardStepProps) {
  const headingId = useId();
  const { titles, step: present } = use(StepsContext);
  const heading = useRef<HTMLHeadingElement>(null);
  const isShown = step === present;
  const wasShown = useRef(isShown);

  useEffect(() => {
    if (isShown && !wasShown.current) {
      heading.current?.focus();
    }
    wasShown.current = isShown;
  }, [isShown]);

  return (
    <div
      role="group"
      className="wizard-step"
      data-step={step}
      hidden={!isShown}
      aria-labelledby={headingId}
    >
      <h3 ref={heading} id={headingId} tabIndex={-1}>
        {titles[step]}
      </h3>
      {children}
    </div>
  );
}
