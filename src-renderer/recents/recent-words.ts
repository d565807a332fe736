import type { Recent } from '../../shared/ipc/recent-contract.ts';

/** Why a recent cannot be opened. */
export function missingWords(kind: Recent['kind']): string {
  return kind === 'checkpoint' ? 'file not found' : 'folder not found';
}
