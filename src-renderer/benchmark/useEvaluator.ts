import { useMemo } from 'react';
import { readSeeds } from '../../shared/command/read-seeds.ts';
import type { Failure, Result } from '../../shared/failure.ts';
import type { Requests } from '../../shared/ipc/contract.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { type BenchmarkDraft, type BenchmarkSettings, settingsOf } from './benchmark-draft.ts';

export type ReadEvaluator = Requests['readEvaluator']['output'];

/** What a command that is being typed comes to. */
export interface TypedEvaluator {
  /** The last that main has read; it may be of an earlier text. */
  read: ReadEvaluator | null;
  /** What to run; null until all of it is there, and fits. */
  settings: BenchmarkSettings | null;
  failure: Failure | null;
  /** Reads it anew: files that it names may have come or gone since. */
  askAgain: () => void;
}

/** Main reads the command as it is typed: it splits it into words, and knows which files there are. */
export function useEvaluator(rows: readonly VersionRow[], draft: BenchmarkDraft): TypedEvaluator {
  const { command, episodes } = draft;
  const [first] = rows;
  const [version, runId] = [first?.handle ?? null, first?.runId ?? ''];
  const { seeds } = readSeeds(draft.seeds.trim());
  const [seed, seedCount] = [seeds?.[0] ?? 0, seeds?.length ?? 1];
  const ask = useMemo(
    () => asking({ runId, version, command: command.trim(), seed, seedCount, episodes }),
    [runId, version, command, seed, seedCount, episodes],
  );
  const { value: read, failure, waiting, askAgain } = useAnswer(ask);
  const isFit = read?.fault === null && !waiting && command.trim() !== '';
  return {
    read,
    failure,
    askAgain,
    settings: isFit ? settingsOf(draft, rows.length, read.names.includes('episodes')) : null,
  };
}

type Question = Omit<Requests['readEvaluator']['input'], 'version'> & { version: number | null };

function asking({ version, ...question }: Question) {
  return async (): Promise<Result<ReadEvaluator | null>> => {
    if (version === null) return { ok: true, value: null };
    return window.cairn.request('readEvaluator', { ...question, version });
  };
}
