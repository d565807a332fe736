import type { Integrity } from '../../shared/model/integrity.ts';
import { useWork, type WorkState } from '../contents/useWork.ts';

/** The reading of a whole file, when that is asked for; what was found comes with the checkpoint. */
export interface Verification extends Pick<WorkState<Integrity>, 'running' | 'task' | 'failure' | 'cancel'> {
  verify: () => void;
}

export function useVerification(checkpointId: string): Verification {
  const { start, ...work } = useWork<Integrity>();
  return { ...work, verify: () => start(() => window.cairn.request('verifyCheckpoint', { checkpointId })) };
}
