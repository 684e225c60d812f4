import { createContext } from 'react';

import { failureOf } from '../data/failure';

/** What is saved beside a record, once that is. Done again, it does what is left to do. */
export type FollowUp = (record: object) => Promise<void>;

/** Adds such to a form, with what people call it. Returns what takes it away again. */
export type RegisterFollowUp = (label: string, followUp: FollowUp) => () => void;

/** Around the fields of a form. */
export const FollowUpContext = createContext<RegisterFollowUp | undefined>(undefined);

/** Does all of them, and says what could not be done; nothing, if all was. */
export async function follow(
  followUps: ReadonlyMap<string, FollowUp>,
  record: unknown,
): Promise<string> {
  const problems: string[] = [];
  for (const [label, followUp] of followUps) {
    try {
      if (typeof record !== 'object' || record === null) {
        throw new Error('The answer does not say to what they belong.');
      }
      await followUp(record);
    } catch (cause) {
      problems.push(`${label}: ${failureOf(cause).message}`);
    }
  }
  return problems.join(' ');
}
