import { Button } from '@aws-amplify/ui-react';
import { use } from 'react';

import type { Entry } from './entered';
import { StepsContext } from './steps';

interface WizardCheckProps {
  /** What was entered in each step. */
  entries: readonly (readonly Entry[])[];
  onChange: (step: number) => void;
}

/** All that was entered, and the way back to each part of it. */
export function WizardCheck({ entries, onChange }: WizardCheckProps) {
  const { titles } = use(StepsContext);
  return entries.map((step, index) => (
    <div key={index} className="group">
      <div className="heading">
        <h4>{titles[index]}</h4>
        <Button size="small" aria-label={`Change ${titles[index]}`} onClick={() => onChange(index)}>
          Change
        </Button>
      </div>
      {step.length === 0 && <p className="muted">Nothing was entered.</p>}
      <dl className="facts">
        {step.map(({ label, value }, place) => (
          <div key={place}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  ));
}
