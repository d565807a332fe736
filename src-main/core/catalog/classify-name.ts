import type { StorageConfig } from '../../../shared/model/storage-config.ts';

/** What a name in a run folder stands for. Names of one `stem` belong together: a model, its sidecar, its backup. */
export interface ClassifiedName {
  role: 'model' | 'sidecar' | 'backup' | 'leftover' | 'other';
  stem: string;
}

const model = /^(.+?)\.(?:pt|pth|ckpt|safetensors|zip)(?:\.gz)?$/i;
const sidecar = /^(.+?)(?:_meta)?\.json$/i;
const leftover = /(?:\.tmp|\.temp|\.incomplete|\.partial|~)$/i;

export function classifyName(
  name: string,
  { backup_suffix }: Pick<StorageConfig, 'backup_suffix'>,
): ClassifiedName {
  if (leftover.test(name)) return { role: 'leftover', stem: name };
  if (name.startsWith('.')) return { role: 'other', stem: name };
  const backedUp = name.endsWith(backup_suffix) ? model.exec(name.slice(0, -backup_suffix.length)) : null;
  if (backedUp?.[1]) return { role: 'backup', stem: backedUp[1] };
  const modelStem = model.exec(name)?.[1];
  if (modelStem) return { role: 'model', stem: modelStem };
  const sidecarStem = sidecar.exec(name)?.[1];
  return sidecarStem ? { role: 'sidecar', stem: sidecarStem } : { role: 'other', stem: name };
}
