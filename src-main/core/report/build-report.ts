import type { BestJudgement } from '../../../shared/model/best-judgement.ts';
import {
  type Integrity,
  type IntegrityState,
  integrityStates,
  isProblem,
} from '../../../shared/model/integrity.ts';
import type { Problem } from '../../../shared/model/run.ts';

/** What a report is made of: a run as it was last read. */
export interface ReportedRun {
  name: string;
  folder: string;
  versions: Iterable<{ id: string; bytes: number; integrity: Integrity }>;
  /** What of its folder is not a version, or not as it should be. */
  problems: readonly Problem[];
  /** Which is the best, by what metric, and how sure that is. */
  selection: BestJudgement;
}

/** What verifying runs has found: of each how many versions are in which state, and each fault with what to do about it. */
export interface Report {
  format: 1;
  made_at: string;
  made_by: string;
  runs: RunReport[];
}

export interface RunReport {
  name: string;
  folder: string;
  versions: number;
  bytes: number;
  states: Record<IntegrityState, number>;
  best: Best | null;
  faults: Fault[];
  problems: Problem[];
}

/** The best version: the state that its file is in, and how sure it is that it is the best. */
export interface Best {
  id: string;
  state: IntegrityState | null;
  selection: BestJudgement;
}

export interface Fault {
  id: string;
  state: IntegrityState;
  what: string;
  what_to_do: string;
  expected: string | null;
  actual: string | null;
  checked_at: string | null;
}

const whatIsWrong: Partial<Record<IntegrityState, string>> = {
  mismatch: 'the bytes are not the ones on record',
  torn: 'the file itself is broken',
  missing: 'there is a record, but no file',
  unreadable: 'the file cannot be read',
};

const restore = 'Restore it from a backup, or use another version.';
const whatToDo: Partial<Record<IntegrityState, string>> = {
  mismatch: `Something wrote to the file after it was saved. ${restore}`,
  torn: `The file cannot be loaded as it is. ${restore}`,
  missing: 'Bring it back from the trash or a backup, or remove its record.',
  unreadable: 'Make the file readable, or check the disk; then verify it again.',
};
const afterBitRot = `The file changed though nothing wrote to it: the disk may be failing. Check the disk. ${restore}`;

/** @param madeAt as ISO 8601 @param madeBy the program and its version */
export function buildReport(runs: Iterable<ReportedRun>, madeAt: string, madeBy: string): Report {
  return { format: 1, made_at: madeAt, made_by: madeBy, runs: Array.from(runs, reportRun) };
}

function reportRun({ name, folder, versions, problems, selection }: ReportedRun): RunReport {
  const states = Object.fromEntries(integrityStates.map((state) => [state, 0])) as RunReport['states'];
  const report: RunReport = {
    name,
    folder,
    versions: 0,
    bytes: 0,
    states,
    best: selection.best === null ? null : { id: selection.best, state: null, selection },
    faults: [],
    problems: [...problems],
  };
  for (const { id, bytes, integrity } of versions) {
    report.versions += 1;
    report.bytes += bytes;
    states[integrity.state] += 1;
    if (id === report.best?.id) report.best.state = integrity.state;
    if (isProblem(integrity.state)) report.faults.push(faultOf(id, integrity));
  }
  return report;
}

function faultOf(id: string, { state, detail, cause, expected, actual, checked_at }: Integrity): Fault {
  return {
    id,
    state,
    what: detail ?? whatIsWrong[state] ?? state,
    what_to_do: cause === 'bit-rot' ? afterBitRot : (whatToDo[state] ?? restore),
    expected,
    actual,
    checked_at,
  };
}
