import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put } from '../files/temporary-folder.fixture.ts';

const folders = ['best_models', 'checkpoints', 'temp', ''];
const models = [
  'model_v1_reward0.5.pt',
  'model_v10_rewardn0.2.pt',
  'model_v1_reward0.5.safetensors',
  'checkpoint.pt',
];
const sidecars = [
  'model_v1_reward0.5.json',
  'model_v1_reward0.5_meta.json',
  'model_v10_rewardn0.2.json',
  'checkpoint.json',
];
const companions = [
  'rl_model_9_steps.zip',
  'rl_model_vecnormalize_9_steps.pkl',
  'rl_model_replay_buffer_9_steps.pkl',
];
const others = ['model_v1_reward0.5.pt.backup', 'checkpoint.pt.tmp', 'notes.txt', '.hidden.pt'];
const names = [...models, ...sidecars, ...companions, ...others];
/** Of versions that are folders. */
const inside = [
  'checkpoint-7/model.safetensors',
  'checkpoint-7/trainer_state.json',
  'checkpoint-7/inner/state.bin',
  'checkpoints/checkpoint_2/model.zip',
  'checkpoints/checkpoint_2/training_state.json',
];
const hash = 'ab'.repeat(32);

/** What a training, or a person, does to a run. Gives the names touched, or null where a whole folder changed. */
export type Act = (run: string, file: string, other: string, turn: number) => string[] | null;

export const acts: Record<string, Act> = {
  save: (run, file, _other, turn) => {
    const fresh = put(run, 'elsewhere/fresh', 'x'.repeat(turn % 5 === 0 ? 0 : 10 + turn));
    return settle(run, fresh, file);
  },
  record: (run, file, _other, turn) => {
    const record = JSON.stringify({ version: turn, reward: turn / 2, checksum: turn % 2 ? hash : null });
    return settle(run, put(run, 'elsewhere/fresh', record), file);
  },
  tear: (run, file, _other, turn) =>
    settle(run, put(run, 'elsewhere/fresh', `{"version": ${'1'.repeat(turn)}`), file),
  remove: (run, file) => {
    rmSync(join(run, file), { recursive: true, force: true });
    return [file];
  },
  rename: (run, file, other) =>
    existsSync(join(run, file)) ? settle(run, join(run, file), other, [file]) : [],
  link: (run, file) => {
    rmSync(join(run, file), { recursive: true, force: true });
    mkdirSync(join(run, file, '..'), { recursive: true });
    symlinkSync('model_v1_reward0.5.pt', join(run, file));
    return [file];
  },
  list: (run, file, other, turn) => {
    put(run, 'SHA256SUMS', `${hash}  ${file}\n${turn % 2 ? `${hash}  ${other}\n` : ''}`);
    return null;
  },
  unlist: (run) => {
    rmSync(join(run, 'SHA256SUMS'), { force: true });
    return null;
  },
  dropFolder: (run, file) => replaceFolder(run, file, () => undefined),
  linkFolder: (run, file) => replaceFolder(run, file, (folder) => symlinkSync('elsewhere', folder)),
  fileForFolder: (run, file) => replaceFolder(run, file, () => put(run, folderOf(file), 'not a folder')),
};

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

/** Moves a file that is complete to its place, as an atomic save does. */
function settle(run: string, from: string, to: string, touched: string[] = []): string[] {
  rmSync(join(run, to), { recursive: true, force: true });
  mkdirSync(join(run, to, '..'), { recursive: true });
  renameSync(from, join(run, to));
  return [...touched, to];
}

function replaceFolder(run: string, file: string, put: (path: string) => void): null {
  const folder = folderOf(file);
  if (folder === '') return null;
  rmSync(join(run, folder), { recursive: true, force: true });
  put(join(run, folder));
  return null;
}

/** The system may refuse, as to make a file below a file. */
export function attempt(act: () => string[] | null): string[] | null {
  try {
    return act();
  } catch {
    return null;
  }
}

const plain = fc
  .tuple(fc.constantFrom(...folders), fc.constantFrom(...names))
  .map((parts) => parts.filter(Boolean).join('/'));
const file = fc.oneof({ weight: 2, arbitrary: plain }, { weight: 1, arbitrary: fc.constantFrom(...inside) });
/** One of these acts, and the files it is about. */
export const stepOf = (some: typeof acts) =>
  fc.record({ act: fc.constantFrom(...Object.keys(some)), file, other: file });
export const configs = fc.constantFrom(defaultStorageConfig, {
  ...defaultStorageConfig,
  best_models_dir: './',
  checkpoint_dir: 'checkpoints/.',
});
