import { mkdirSync, realpathSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import { findWhatIsNamed, runAsideOf } from './find-what-is-named.ts';

const make = () => {
  const folder = realpathSync(temporaryFolder());
  const file = put(folder, 'run/checkpoints/a.pt', 'x');
  return { folder, run: join(folder, 'run'), file };
};

test('a folder is a run, and a file where a run keeps its versions is one of them', () => {
  const { run, file } = make();
  expect(findWhatIsNamed(run)).toEqual({ kind: 'run', root: run, id: null });
  expect(findWhatIsNamed(file)).toEqual({ kind: 'run', root: run, id: 'checkpoints/a.pt' });
});

test.each(['a.json', 'a_meta.json'])('%s beside a version stands for the version', (name) => {
  const { folder, run } = make();
  const sidecar = put(folder, `run/checkpoints/${name}`, '{}');
  expect(findWhatIsNamed(sidecar)).toEqual({ kind: 'run', root: run, id: 'checkpoints/a.pt' });
});

test('a link from elsewhere to a version of a run stands for that version', () => {
  const { folder, run, file } = make();
  symlinkSync(file, join(folder, 'latest.pt'));
  expect(findWhatIsNamed(join(folder, 'latest.pt'))).toEqual({
    kind: 'run',
    root: run,
    id: 'checkpoints/a.pt',
  });
});

test.each(['notes.txt', 'b.json', 'c.pt.tmp'])(
  '%s in a run is no version, and is a file by itself',
  (name) => {
    const { folder } = make();
    const file = put(folder, `run/checkpoints/${name}`, '{}');
    expect(findWhatIsNamed(file)).toEqual({ kind: 'file', path: file });
  },
);

test.each(['run/checkpoint-500', 'run/checkpoints/checkpoint_7'])(
  'the folder %s, and the file that stands for it, are that version in its run',
  (name) => {
    const folder = realpathSync(temporaryFolder());
    const run = join(folder, 'run');
    const model = put(folder, `${name}/model.safetensors`, 'x');
    const other = put(folder, `${name}/trainer_state.json`, '{}');
    const id = `${name.slice('run/'.length)}/model.safetensors`;
    for (const path of [join(folder, name), model])
      expect(findWhatIsNamed(path)).toEqual({ kind: 'run', root: run, id });
    expect(findWhatIsNamed(other)).toEqual({ kind: 'file', path: other });
    expect(findWhatIsNamed(run)).toEqual({ kind: 'run', root: run, id: null });
  },
);

test('a folder of runs is no version, though it is called like one', () => {
  const folder = realpathSync(temporaryFolder());
  put(folder, 'runs/checkpoint-1/best_models/model_v1_reward1.pt', 'x');
  const path = join(folder, 'runs/checkpoint-1');
  expect(findWhatIsNamed(path)).toEqual({ kind: 'run', root: path, id: null });
});

test('a save in progress is no version', () => {
  const { folder } = make();
  const file = put(folder, 'run/temp/b.pt', 'x');
  put(folder, 'run/.hydra/config.yaml', 'model_storage:\n  temp_dir: ./temp/\n');
  expect(findWhatIsNamed(file)).toEqual({ kind: 'file', path: file });
});

test('a file of no run, and a link of git-annex to nothing, are files by themselves', () => {
  const { folder } = make();
  const file = put(folder, 'downloads/x.safetensors', 'x');
  expect(findWhatIsNamed(file)).toEqual({ kind: 'file', path: file });
  const annexed = join(folder, 'downloads/y.pt');
  symlinkSync('../.git/annex/objects/aa/bb/SHA256E-s1--c.pt', annexed);
  expect(findWhatIsNamed(annexed)).toEqual({ kind: 'file', path: annexed });
});

test('what cannot be opened is told in one line, with what to do', () => {
  const { folder } = make();
  symlinkSync('nowhere', join(folder, 'broken.pt'));
  for (const name of ['gone.pt', 'broken.pt'])
    expect(() => findWhatIsNamed(join(folder, name))).toThrow(
      /^cannot open .*\.pt — it is not there — name the folder your training wrote, or a checkpoint$/,
    );
  expect(() => findWhatIsNamed('/dev/null')).toThrow('it is neither a folder nor a regular file');
});

test('what looks like a version and is a folder is opened as one', () => {
  const { folder } = make();
  mkdirSync(join(folder, 'model.pt'));
  expect(findWhatIsNamed(join(folder, 'model.pt'))).toMatchObject({ kind: 'run', id: null });
});

test('a folder that is a version by what is in it, under a name of somebody’s own, is looked into by the file that stands for it', () => {
  const folder = realpathSync(temporaryFolder());
  const main = put(folder, 'walker/algorithm_state.pkl', 'x');
  put(folder, 'walker/rllib_checkpoint.json', '{}');
  expect(findWhatIsNamed(join(folder, 'walker'))).toEqual({ kind: 'file', path: main });
  put(folder, 'walker/best_models/model_v1_reward1.pt', 'x');
  expect(findWhatIsNamed(join(folder, 'walker'))).toEqual({
    kind: 'run',
    root: join(folder, 'walker'),
    id: null,
  });
});

test('a run is no version by itself, though it has files of one', () => {
  const folder = realpathSync(temporaryFolder());
  put(folder, 'walker/algorithm_state.pkl', 'x');
  put(folder, 'walker/rllib_checkpoint.json', '{}');
  put(folder, 'walker/model_7.pt', 'x');
  expect(findWhatIsNamed(join(folder, 'walker'))).toMatchObject({ kind: 'run', id: null });
});

test('a file by itself knows the run that its folder is, where that holds other versions', () => {
  const folder = realpathSync(temporaryFolder());
  const file = put(folder, 'downloads/a.pt', 'x');
  expect(runAsideOf(file)).toBeNull();
  const text = put(folder, 'downloads/list.csv', 'x');
  put(folder, 'downloads/b.pt', 'x');
  expect(runAsideOf(file)).toEqual({ root: join(folder, 'downloads'), id: 'a.pt' });
  expect([runAsideOf(text), runAsideOf(join(folder, 'gone/a.pt'))]).toEqual([null, null]);
});

test('what a run keeps in its folders is not listed to tell that it is one', () => {
  const { run } = make();
  const folder = join(run, 'checkpoints');
  // Whoever lists it touches this time, which is before that of its last change.
  utimesSync(folder, 1, Date.now() / 1000);
  findWhatIsNamed(run);
  expect(statSync(folder).atimeMs).toBe(1000);
});
