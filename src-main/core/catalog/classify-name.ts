import type { StorageConfig } from '../../../shared/model/storage-config.ts';

/** What a name in a run folder stands for. Names of one `stem` belong together: a model, its sidecar, its backup. */
export interface ClassifiedName {
  role: 'model' | 'sidecar' | 'backup' | 'leftover' | 'other';
  stem: string;
}

const modelEndings = new Set(['pt', 'pth', 'ckpt', 'safetensors', 'zip']);
const leftoverEndings = new Set(['tmp', 'temp', 'incomplete', 'partial']);
const sidecarTail = '_meta';

export function classifyName(
  name: string,
  { backup_suffix }: Pick<StorageConfig, 'backup_suffix'>,
): ClassifiedName {
  const dot = name.lastIndexOf('.');
  const ending = dot === -1 ? '' : name.slice(dot + 1).toLowerCase();
  if (leftoverEndings.has(ending) || name.endsWith('~')) return { role: 'leftover', stem: name };
  if (dot <= 0 || name.startsWith('.')) return { role: 'other', stem: name };
  if (ending === 'json') return { role: 'sidecar', stem: withoutTail(name.slice(0, dot)) };
  const model = modelStem(name, dot, ending);
  return model === null ? classifyBackup(name, backup_suffix) : { role: 'model', stem: model };
}

/** A model's name without its ending, `.gz` after it included; null when it is no model's name. */
function modelStem(name: string, dot: number, ending: string): string | null {
  if (modelEndings.has(ending)) return name.slice(0, dot);
  if (ending !== 'gz') return null;
  const inner = name.lastIndexOf('.', dot - 1);
  return inner > 0 && modelEndings.has(name.slice(inner + 1, dot).toLowerCase())
    ? name.slice(0, inner)
    : null;
}

function classifyBackup(name: string, suffix: string): ClassifiedName {
  const original = name.endsWith(suffix) ? name.slice(0, -suffix.length) : '';
  const dot = original.lastIndexOf('.');
  const stem = dot > 0 ? modelStem(original, dot, original.slice(dot + 1).toLowerCase()) : null;
  return stem === null ? { role: 'other', stem: name } : { role: 'backup', stem };
}

function withoutTail(stem: string): string {
  return stem.endsWith(sidecarTail) && stem.length > sidecarTail.length
    ? stem.slice(0, -sidecarTail.length)
    : stem;
}
