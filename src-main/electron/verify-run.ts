import { passesVerify } from '../../shared/model/integrity.ts';
import type { ModelManager } from '../core/model-manager.ts';
import type { WorkTools } from './work.ts';

/** Reads every byte of these versions again, or of all. @throws the signal's reason */
export async function verifyRun(
  manager: ModelManager,
  ids: readonly string[] | null,
  { signal, onBytes, expect, onFile }: WorkTools,
): Promise<void> {
  const wanted = ids && new Set(ids);
  const versions = [...manager.list()].filter(({ id }) => wanted === null || wanted.has(id));
  expect(manager.bytesToVerify(versions), versions.length);
  await manager.verify(ids, ({ integrity }) => onFile(passesVerify(integrity.state), integrity.state), {
    signal,
    onBytes,
  });
}
