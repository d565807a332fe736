import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { realDisk } from '../files/disk.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { exportList } from './export-list.ts';
import { delimitedLines } from './list-lines.ts';

async function run() {
  const [folder, appData] = [temporaryFolder(), temporaryFolder()];
  const notes = `=SUM(A1), "said"\n${'long '.repeat(400)}`;
  const sidecar = { notes, metrics: { sharpe: '<NaN>', step: 7 }, tags: ['a', 'b'] };
  const ids = [saveModel(folder, 1, { sidecar }), saveModel(folder, 2, { reward: -0.25 })];
  const manager = new ModelManager(folder, { appData });
  onTestFinished(() => manager.close());
  await manager.look();
  const source = { reader: manager, name: 'a/run' };
  const listing = (wanted: readonly string[], columns: readonly string[]) => ({
    versions: wanted.map((id) => ({ run: source, id })),
    columns,
  });
  return { manager, listing, ids, notes };
}

const columns = ['version', 'reward', 'metric:sharpe', 'metric:step', 'step', 'tags', 'notes', 'nonsense'];

test('CSV has the columns and the order asked for, every digit, and the whole of a long note', async () => {
  const { listing, ids, notes } = await run();
  const path = join(temporaryFolder(), 'list.csv');
  await exportList(realDisk, listing(ids.toReversed(), columns), { path, format: 'csv' });
  expect(readFileSync(path, 'utf8')).toBe(
    [
      'version,id,reward,sharpe,metrics.step,step,tags,notes',
      `2,${ids[1]},-0.25,,,,,`,
      `1,${ids[0]},0.1,NaN,7,,"a, b","'${notes.replaceAll('"', '""')}"`,
      '',
    ].join('\r\n'),
  );
});

test('what has no number is named by its file, and ids are there once', async () => {
  const { manager } = await run();
  put(manager.root, 'checkpoints/checkpoint.pt', writeTorchZip());
  await manager.look();
  const versions = [{ run: { reader: manager, name: 'a/run' }, id: 'checkpoints/checkpoint.pt' }];
  const lines = (columns: readonly string[], format: 'csv' | 'tsv') => [
    ...delimitedLines({ versions, columns }, format, false),
  ];
  expect(lines(['version', 'kind'], 'tsv')).toEqual(['checkpoint.pt\tcheckpoint\n']);
  expect(lines(['file', 'version'], 'csv')).toEqual(['checkpoints/checkpoint.pt,checkpoint.pt\r\n']);
});

test('JSON has what ls --json has of each version', async () => {
  const { manager, listing, ids } = await run();
  const path = join(temporaryFolder(), 'list.json');
  await exportList(realDisk, listing(ids, []), { path, format: 'json' });
  const expected = ids.map((id) => manager.version(id));
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(expected);
  const told = join(temporaryFolder(), 'told.json');
  await exportList(realDisk, listing(ids, ['run']), { path: told, format: 'json' });
  expect(JSON.parse(readFileSync(told, 'utf8'))).toEqual(expected.map((one) => ({ run: 'a/run', ...one })));
  const none = join(temporaryFolder(), 'none.json');
  await exportList(realDisk, listing([], []), { path: none, format: 'json' });
  expect(JSON.parse(readFileSync(none, 'utf8'))).toEqual([]);
});

test('JSON of many versions is read in threads, and says the same, also of what people noted', async () => {
  const [folder, appData] = [temporaryFolder(), temporaryFolder()];
  const notes = 'long '.repeat(400);
  const ids = Array.from({ length: 450 }, (_, version) => saveModel(folder, version, { sidecar: { notes } }));
  const manager = new ModelManager(folder, { appData });
  onTestFinished(() => manager.close());
  await manager.look({ withTexts: false });
  await manager.mark([ids[3] ?? ''], 'tag', (mark) => ({ ...mark, tags: ['kept'] }));
  const gone = ids[5] ?? '';
  rmSync(join(folder, gone.replace(/pt$/, 'json')));
  rmSync(join(folder, gone));
  const versions = ids.toReversed().map((id) => ({ run: { reader: manager, name: 'run' }, id }));
  const expected = versions.map(({ id }) => manager.version(id));
  const path = join(temporaryFolder(), 'list.json');
  await exportList(realDisk, { versions, columns: [] }, { path, format: 'json' });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(expected);
});

test('a list has the mode that the umask gives a new file', async () => {
  const { listing, ids } = await run();
  const path = join(temporaryFolder(), 'list.csv');
  await exportList(realDisk, listing(ids, columns), { path, format: 'csv' });
  expect(statSync(path).mode & 0o777).toBe(0o666 & ~process.umask());
});

test('a file that is there is not written over, and nothing is left beside it', async () => {
  const { listing, ids } = await run();
  const folder = temporaryFolder();
  const path = put(folder, 'list.csv', 'mine');
  await expect(exportList(realDisk, listing(ids, columns), { path, format: 'csv' })).rejects.toThrow(
    'there already',
  );
  expect(readdirSync(folder)).toEqual(['list.csv']);
  expect(readFileSync(path, 'utf8')).toBe('mine');
});

test('each version is told when it is written, and a list that is given up leaves nothing behind', async () => {
  const { listing, ids } = await run();
  const folder = temporaryFolder();
  const many = listing(
    Array.from({ length: 5000 }, (_, index) => ids[index % 2] ?? ''),
    ['file', 'checksum'],
  );
  let written = 0;
  await exportList(realDisk, many, {
    path: join(folder, 'all.csv'),
    format: 'csv',
    onVersion: () => written++,
  });
  expect(written).toBe(5000);
  const stop = new AbortController();
  const onVersion = () => stop.abort(new Error('it was cancelled'));
  const target = { path: join(folder, 'half.json'), format: 'json', signal: stop.signal, onVersion } as const;
  await expect(exportList(realDisk, many, target)).rejects.toThrow('it was cancelled');
  expect(readdirSync(folder)).toEqual(['all.csv']);
});

test('a version that is gone is left out, and heads can be', async () => {
  const { listing, ids } = await run();
  const wanted = listing(['best_models/gone.pt', ids[1] ?? ''], ['version', 'kind']);
  expect([...delimitedLines(wanted, 'tsv', false)]).toEqual(['2\tbest\n']);
});
