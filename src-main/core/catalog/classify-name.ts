import { modelEndings } from '../../../shared/model/model-endings.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { readAsOf } from '../config/read-as.ts';
import { stemOfSet } from './layouts/file-sets.ts';
import { companionOf, isLeftoverOfLayout, isModelOfLayout, isPartOfLayout } from './layouts/known-layouts.ts';

/**
 * What a name in a run folder stands for. Names of one `stem` belong together: a model, or the parts of one that is several files, its sidecar,
 * its companions, its backup.
 */
export interface ClassifiedName {
  role: 'model' | 'part' | 'sidecar' | 'companion' | 'backup' | 'leftover' | 'other';
  stem: string;
}

const usualEndings = new Set(modelEndings);
/** An old habit, after PyTorch's example for ImageNet: no tar, but what torch.save writes; timm writes it as `tmp` first. */
const torchTar = /(?<=[^/])(?<!^tmp)\.pth?\.tar$/;
const leftoverEndings = new Set(['tmp', 'temp', 'incomplete', 'partial']);
const sidecarTail = '_meta';

type Naming = Pick<StorageConfig, 'backup_suffix'> & Partial<Pick<StorageConfig, 'checkpoint_name'>>;

/** @param naming what the config says of names; a checkpoint's own name makes a model whatever its ending */
export function classifyName(name: string, naming: Naming): ClassifiedName {
  const dot = name.lastIndexOf('.');
  const ending = dot === -1 ? '' : name.slice(dot + 1).toLowerCase();
  if (leftoverEndings.has(ending) || name.endsWith('~')) return { role: 'leftover', stem: name };
  if (name.startsWith('.')) return { role: 'other', stem: name };
  const set = stemOfSet(name);
  if (set !== null) return { role: 'part', stem: set };
  if (ending === 'json' && dot > 0) return { role: 'sidecar', stem: withoutTail(name.slice(0, dot)) };
  const model = modelStem(name, naming);
  return model === null ? classifyOther(name, naming) : { role: 'model', stem: model };
}

function classifyOther(name: string, naming: Naming): ClassifiedName {
  const readAs = readAsOf(naming);
  const companion = companionOf(name, readAs);
  if (companion) return { role: 'companion', stem: companion.stem };
  return isLeftoverOfLayout(name, readAs) ? { role: 'leftover', stem: name } : classifyBackup(name, naming);
}

/** A model's name or id without its ending, `.gz` after it included. */
export function nameWithoutEnding(name: string): string {
  return name.replace(/(?:\.pth?\.tar|\.[^./]+)(?:\.gz)?$/, '');
}

/** A model's name without its ending, `.gz` after it included; null when it is no model's name. */
function modelStem(name: string, naming: Naming): string | null {
  const { checkpoint_name } = naming;
  const inner = name.replace(/\.gz$/i, '');
  const dot = startOfEnding(inner);
  if (inner === checkpoint_name && inner !== '') return dot > 0 ? inner.slice(0, dot) : inner;
  if (dot === 0 || !isNamedLikeModel(inner, dot, naming)) return null;
  return dot === -1 ? inner : inner.slice(0, dot);
}

/** Where the dot of its ending is, -1 for none. */
function startOfEnding(name: string): number {
  const last = name.lastIndexOf('.');
  return name.endsWith('.tar') && torchTar.test(name) ? name.lastIndexOf('.', last - 1) : last;
}

function isNamedLikeModel(name: string, dot: number, naming: Naming): boolean {
  const isUsual = dot > 0 && usualEndings.has(name.slice(dot + 1).toLowerCase());
  return isUsual ? !isPartOfLayout(name) : isModelOfLayout(name, readAsOf(naming));
}

function classifyBackup(name: string, naming: Naming): ClassifiedName {
  const suffix = naming.backup_suffix;
  const stem = name.endsWith(suffix) ? modelStem(name.slice(0, -suffix.length), naming) : null;
  return stem === null ? { role: 'other', stem: name } : { role: 'backup', stem };
}

/** The name without all that a sidecar's name may add to its model's. */
export function withoutTails(name: string): string {
  return name.endsWith(sidecarTail) ? withoutTails(name.slice(0, -sidecarTail.length)) : name;
}

function withoutTail(stem: string): string {
  return stem.endsWith(sidecarTail) && stem.length > sidecarTail.length
    ? stem.slice(0, -sidecarTail.length)
    : stem;
}
