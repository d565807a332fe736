import {
  existsSync,
  mkdirSync,
  readdirSync,
  rmdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { indexFiles } from './index-folder.ts';
import { PartWriter } from './part-writer.ts';

const config = defaultStorageConfig;
let runs: string;

beforeEach(() => {
  const home = temporaryFolder();
  vi.stubEnv('XDG_CACHE_HOME', home);
  runs = join(home, 'cairn/runs');
  return () => vi.unstubAllEnvs();
});

const folderOf = (root: string) => dirname(indexFiles(root, config, 1)?.[0]?.path ?? '');

test.skipIf(process.platform !== 'linux')(
  'each thread has a file of its own, in a folder for its owner alone',
  () => {
    const files = indexFiles('/run', config, 2);
    expect(files?.map(({ path }) => path.slice(path.lastIndexOf('/') + 1))).toEqual([
      'part-1-of-2',
      'part-2-of-2',
    ]);
    const folder = folderOf('/run');
    expect(dirname(folder)).toBe(runs);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(folderOf('/other')).not.toBe(folder);
  },
);

test('the fingerprint is another for another config', () => {
  const printOf = (some: typeof config) => indexFiles('/run', some, 1)?.[0]?.fingerprint;
  expect(printOf(config)).toBe(printOf({ ...config }));
  expect(printOf({ ...config, backup_suffix: '.bak' })).not.toBe(printOf(config));
});

test.runIf(process.platform === 'linux')(
  'there is none where no folder can be made, and that is told at once',
  () => {
    vi.stubEnv('XDG_CACHE_HOME', '/proc/self/nope');
    expect(indexFiles('/run', config, 1)).toBeNull();
  },
);

test('the runs that were not read for longest are forgotten', () => {
  const folders = Array.from({ length: 8 }, (_, index) => folderOf(`/run-${index}`));
  for (const [index, folder] of folders.entries()) utimesSync(folder, 1000 + index, 1000 + index);
  folderOf('/run-0');
  folderOf('/one-more');
  expect(readdirSync(runs)).toHaveLength(8);
  expect(existsSync(folders[0] ?? '')).toBe(true);
  expect(existsSync(folders[1] ?? '')).toBe(false);
});

test('what a writer of another machine left goes once it is old, what it may be writing stays', () => {
  const folder = folderOf('/run');
  const old = put(folder, 'part-1-of-2.aa.elsewhere.tmp', '');
  utimesSync(old, 1000, 1000);
  put(folder, 'part-1-of-2.bb.elsewhere.tmp', '');
  put(folder, 'part-1-of-2', '');
  folderOf('/run');
  expect(readdirSync(folder).sort()).toEqual(['part-1-of-2', 'part-1-of-2.bb.elsewhere.tmp']);
});

test.runIf(process.platform === 'linux')(
  'what a killed writer left goes with the next reading of any run, what a live one writes stays and is finished',
  () => {
    const [file] = indexFiles('/run', config, 1) ?? [];
    const [path, fingerprint] = [file?.path ?? '', file?.fingerprint ?? ''];
    const writer = new PartWriter(path, fingerprint);
    writer.add(Buffer.from('rows'), Buffer.from(''));
    const [written = ''] = readdirSync(dirname(path));
    put(dirname(path), written.replace('part', 'left'), 'by a writer that was killed');
    folderOf('/other');
    expect(readdirSync(dirname(path))).toEqual([written]);
    writer.finish();
    folderOf('/other');
    expect(readdirSync(dirname(path))).toEqual(['part-1-of-1']);
  },
);

test('where there can be no folder there is no index', () => {
  mkdirSync(dirname(runs), { recursive: true });
  writeFileSync(runs, 'not a folder');
  expect(indexFiles('/run', config, 1)).toBeNull();
});

test('a link in place of the folder is not followed', () => {
  const folder = folderOf('/run');
  const elsewhere = temporaryFolder();
  utimesSync(elsewhere, 1000, 1000);
  rmdirSync(folder);
  symlinkSync(elsewhere, folder);
  expect(indexFiles('/run', config, 1)).toBeNull();
  expect(statSync(elsewhere).mtimeMs).toBe(1_000_000);
});
