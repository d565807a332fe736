import { useCallback, useState } from 'react';
import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import type { ContentsView } from '../../shared/model/contents-view.ts';
import { isUntoldFormat } from '../../shared/model/untold-format.ts';
import { stateOf } from './CheckpointContents.tsx';

/** Why nothing can be done with a file that turned out to be no checkpoint; null for one, and while that is not known. */
export function useNoCheckpoint(
  checkpoint: CheckpointFile,
): [why: string | null, onLooked: (view: ContentsView) => void] {
  const state = stateOf(checkpoint);
  const [found, setFound] = useState<{ state: string; format: string } | null>(null);
  const onLooked = useCallback(({ format }: ContentsView) => setFound({ state, format }), [state]);
  const isNone = found?.state === state && isUntoldFormat(found.format);
  return [isNone ? 'Cairn finds no checkpoint in this file: open one instead.' : null, onLooked];
}
