import { use } from 'react';

import { StepsContext } from './steps';

/** Which step this is, and the way back to those before it. */
export function WizardProgress({ onChoose }: { onChoose: (step: number) => void }) {
  const { titles, step: present } = use(StepsContext);
  return (
    <ol className="wizard-progress" aria-label="Steps">
      {titles.map((title, step) => (
        <li
          key={step}
          className={step < present ? 'wizard-done' : undefined}
          aria-current={step === present ? 'step' : undefined}
        >
          {step < present ? (
            <button type="button" className="wizard-mark" onClick={() => onChoose(step)}>
              <span className="wizard-title">{title}</span>
            </button>
          ) : (
            <span className="wizard-mark">
              <span className="wizard-title">{title}</span>
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
