import { useEffect, useRef, useState } from 'react';

import { failureOf, throwErrors } from '../data/failure';
import { planImport, type ImportPlan, type ImportRow, type Importing } from './importing';

// Few enough that the API does not slow down anybody else.
const AT_ONCE = 4;

interface Progress {
  saved: number;
  refused: ImportRow[];
  isRunning: boolean;
}

export interface ImportState {
  plan: ImportPlan | undefined;
  /** Why the file cannot be read. */
  problem: string | undefined;
  progress: Progress | undefined;
  choose: (file: File | undefined) => void;
  start: () => void;
}

/** Reads a file, and saves its rows, a few at once; it stops when the page is left. */
export function useImport(importing: Importing, onSaved: () => void): ImportState {
  const [plan, setPlan] = useState<ImportPlan>();
  const [problem, setProblem] = useState<string>();
  const [progress, setProgress] = useState<Progress>();
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);

  const read = async (file: File | undefined) => {
    setPlan(undefined);
    setProblem(undefined);
    setProgress(undefined);
    try {
      setPlan(file && planImport(await file.text(), importing));
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : 'This file cannot be read.');
    }
  };

  const run = async (rows: readonly ImportRow[]) => {
    const waiting = [...rows];
    const refused: ImportRow[] = [];
    let saved = 0;
    const work = async () => {
      for (let row = waiting.shift(); row && !isGone.current; row = waiting.shift()) {
        try {
          throwErrors((await row.save?.()) ?? { data: true });
          saved += 1;
        } catch (cause) {
          refused.push({ ...row, problem: failureOf(cause).message });
        }
        setProgress({ saved, refused: [...refused], isRunning: true });
      }
    };
    setProgress({ saved, refused, isRunning: true });
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    setProgress({ saved, refused: [...refused], isRunning: false });
    onSaved();
  };

  return {
    plan,
    problem,
    progress,
    choose: (file) => void read(file),
    start: () => void run(plan?.rows.filter(({ save }) => save) ?? []),
  };
}
