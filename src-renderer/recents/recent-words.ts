import type { Recent } from '../../shared/ipc/recent-contract.ts';

/** Why a recent cannot be opened. */
export function missingWords(kind: Recent['kind']): string {
  return kind === 'run' ? 'folder not found' : 'file not found';
}
