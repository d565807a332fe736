import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import { findEnclosingRun, findRunAround } from './find-enclosing-run.ts';

const config = (bestModels: string) => `model_storage:\n  best_models_dir: ${bestModels}\n`;

/** The run of a file, relative to the folder that all of it is in; '' is that folder. */
function enclosing(folder: string, file: string) {
  put(folder, file, 'x');
  const found = findEnclosingRun(join(folder, file));
  return found && { root: found.root.slice(folder.length + 1), id: found.id };
}

test.each(['best_models', 'checkpoints'])('without a config a file in %s/ is of the folder above', (name) => {
  const folder = temporaryFolder();
  expect(enclosing(folder, `run/${name}/a.pt`)).toEqual({ root: 'run', id: `${name}/a.pt` });
});

test('what a run of MLflow logged is of that run, though the folder for it could be one', () => {
  const folder = temporaryFolder();
  put(folder, 'mlruns/0/ab12/meta.yaml', '');
  const id = 'artifacts/checkpoints/a.pt';
  expect(enclosing(folder, `mlruns/0/ab12/${id}`)).toEqual({ root: 'mlruns/0/ab12', id });
});

test('a config may keep files up to three folders deep, and no deeper', () => {
  const folder = temporaryFolder();
  put(folder, 'run/.hydra/config.yaml', config('a/b/c'));
  expect(enclosing(folder, 'run/a/b/c/x.pt')).toEqual({ root: 'run', id: 'a/b/c/x.pt' });
  put(folder, 'run/.hydra/config.yaml', config('a/b/c/d'));
  expect(enclosing(folder, 'run/a/b/c/d/x.pt')).toBeNull();
});

test('a run with a config goes before a folder that is nearer and has none', () => {
  const folder = temporaryFolder();
  put(folder, 'run/.hydra/config.yaml', config('out/best_models'));
  expect(enclosing(folder, 'run/out/best_models/x.pt')).toEqual({ root: 'run', id: 'out/best_models/x.pt' });
});

test('a run that is called as its folders are is the run of what lies in it', () => {
  const folder = temporaryFolder();
  put(folder, 'checkpoints/.hydra/config.yaml', config('best'));
  expect(enclosing(folder, 'checkpoints/x.pt')).toEqual({ root: 'checkpoints', id: 'x.pt' });
});

test('a file where no run keeps any has none', () => {
  expect(enclosing(temporaryFolder(), 'downloads/x.pt')).toBeNull();
});

test('a folder in which a run keeps versions is inside of that run, where a config or records of Cairn tell that it is one', () => {
  const folder = temporaryFolder();
  for (const name of ['best_models', 'checkpoints', 'other']) put(folder, `run/${name}/a.pt`, 'x');
  const around = (name: string) => findRunAround(join(folder, 'run', name));
  expect(around('best_models')).toBeNull();
  put(folder, 'run/.cairn/log.jsonl', '');
  expect(['best_models', 'checkpoints', 'other'].map(around)).toEqual([
    join(folder, 'run'),
    join(folder, 'run'),
    null,
  ]);
  expect(findRunAround(join(folder, 'run'))).toBeNull();
  put(folder, 'run/.hydra/config.yaml', config('other'));
  expect(['best_models', 'other'].map(around)).toEqual([null, join(folder, 'run')]);
});

test('a folder that Cairn wrote to as a run, or that has a config, stays one', () => {
  const folder = temporaryFolder();
  put(folder, 'run/.hydra/config.yaml', config('best_models'));
  put(folder, 'run/best_models/.cairn/log.jsonl', '');
  put(folder, 'run/checkpoints/.hydra/config.yaml', config('best'));
  expect(['best_models', 'checkpoints'].map((name) => findRunAround(join(folder, 'run', name)))).toEqual([
    null,
    null,
  ]);
});
