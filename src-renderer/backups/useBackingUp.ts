import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { BackedUp } from '../../shared/ipc/writing-contract.ts';
import { plural } from '../format/plural.ts';
import { type TaskRun, useTask } from '../tasks/useTask.ts';
import { handlesOf } from '../versions/by-run.ts';
import {
  type BackedUpTogether,
  type DoneParts,
  partsLeft,
  type RunPart,
  together,
  withDone,
} from './backed-up-parts.ts';
import { backedUpWords } from './backup-words.ts';

export interface BackingUp {
  task: TaskRun;
  /** What is still to be backed up. */
  left: readonly RunPart[];
  /** What is backed up by now, while the dialog has more to say; null where nothing is. */
  sum: BackedUpTogether | null;
  backUp: (label: string | null, place: string | null) => void;
}

/** Backs up one run after another until one fails, and when it is told to again, those that are left. */
export function useBackingUp(parts: readonly RunPart[], onDone: () => void): BackingUp {
  const [done, setDone] = useState<DoneParts>(new Map());
  const left = partsLeft(parts, done);
  const task = useTask();
  const finish = (backedUp: readonly BackedUp[], isShown: boolean) => {
    const all = withDone(done, left, backedUp);
    const sum = together(parts, all);
    const isOver = all.size === parts.length && sum.leftOut.length === 0;
    if (isShown && !isOver) return setDone(all);
    if (isShown) onDone();
    notifications.show({ message: wordsOfAll(sum, all.size) });
  };
  const backUp = (label: string | null, place: string | null) => {
    const begins = left.map(({ run: { runId }, rows }) => {
      const versions = rows.length > 0 ? handlesOf(rows) : null;
      return () => window.cairn.request('backUp', { runId, versions, label, place });
    });
    task.runAll(begins, finish);
  };
  return { task, left, sum: done.size > 0 ? together(parts, done) : null, backUp };
}

function wordsOfAll(sum: BackedUp, runs: number): string {
  return runs > 1 ? `${backedUpWords(sum)}, of ${plural(runs, 'run')}` : backedUpWords(sum);
}
