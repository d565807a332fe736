import { claimByNames, fileName } from '../claim-by-names.ts';
import type { Claim, Layout, NamedState, RunSigns } from '../layout.ts';

const own = /\.(?:index|data-\d{5}-of-\d{5})$/;
const state = 'checkpoint';
/** `model_checkpoint_path: "ckpt-5"`, a text of a protocol buffer; quotes and backslashes are escaped. */
const newest = /^model_checkpoint_path:\s*"((?:[^"\\\n]|\\.)*)"/m;

/**
 * `PREFIX.index` and `PREFIX.data-00000-of-0000N`: `model.ckpt-STEP` of Saver and Estimator, `ckpt-N` of CheckpointManager, `cp-EPOCH.ckpt` as
 * TensorFlow's guide to saving has it. `checkpoint` beside them names the newest. tensorflow/python/checkpoint/checkpoint_management.py
 */
export const tensorFlow: Layout = {
  id: 'tensorflow',
  name: 'TensorFlow',
  readName,
  recognise,
};

function readName(name: string): NamedState | null {
  if (!own.test(name)) return null;
  const prefix = name.replace(own, '');
  const [, epoch] = /^cp-(\d{4,9})(?:\.ckpt)?$/.exec(prefix) ?? [];
  if (epoch !== undefined) return said(Number(epoch), null, [['epoch', Number(epoch)]]);
  const [, step] = /^.+\.ckpt-(\d{1,15})$/.exec(prefix) ?? [];
  if (step !== undefined) return said(Number(step), Number(step), []);
  // A count of saves, or a step that the trainer gave in its place: nothing in the name tells which.
  const [, counted] = /^ckpt-(\d{1,15})$/.exec(prefix) ?? [];
  if (counted === undefined) return null;
  return said(Number(counted), null, [['checkpoint_number', Number(counted)]]);
}

function said(version: number, step: number | null, metrics: NamedState['metrics']): NamedState {
  return { version, step, episode: null, metrics, isBest: false };
}

function recognise(signs: RunSigns): Claim | null {
  const claim = claimByNames(signs, (name) => own.test(name), 'are .index and .data files');
  const last = claim && lastNamed(signs);
  return claim && { ...claim, ...(last ? { last } : {}) };
}

/** The version that the state file names: by its name, for the path is of the machine that trained it. */
function lastNamed({ ids, read }: RunSigns): string | null {
  for (const folder of new Set(ids.map((id) => id.slice(0, -fileName(id).length)))) {
    const [, path] = newest.exec(read(folder + state) ?? '') ?? [];
    const prefix = path === undefined ? '' : fileName(path.replace(/\\(.)/g, '$1').replaceAll('\\', '/'));
    const found = prefix && ids.find((id) => id === `${folder}${prefix}.index`);
    if (found) return found;
  }
  return null;
}
