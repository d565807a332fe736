import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { protobufField as field, writeOnnxGraph } from '../formats/fixtures/write-others.ts';
import { readContents } from '../formats/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
import { measureTensors } from '../tensors/measure-tensors.ts';
import { float32 } from '../tensors/naive.fixture.ts';
import { whyNotMeasured } from '../tensors/why-not-measured.ts';
import { inspectFile } from './inspect-file.ts';
import { openBeside } from './open-beside.ts';
import { OpenFiles } from './open-files.ts';

const pair = (key: string, value: string) => field(13, Buffer.concat([field(1, key), field(2, value)]));
const weight = (name: string, location: string, offset: number) =>
  field(
    5,
    Buffer.concat([
      field(1, 2),
      field(2, 1),
      field(8, name),
      pair('location', location),
      pair('offset', String(offset)),
      pair('length', '8'),
    ]),
  );
const model = writeOnnxGraph(weight('a', 'w.bin', 0), weight('b', 'w.bin', 8));

/** As for somebody who may not read one of them. */
class ForbiddenFiles extends OpenFiles {
  readonly #forbidden: string;
  constructor(forbidden: string) {
    super();
    this.#forbidden = forbidden;
  }
  override async open(path: string, file: string) {
    if (path === this.#forbidden) throw Object.assign(new Error('EACCES: open'), { code: 'EACCES' });
    return super.open(path, file);
  }
}

async function look(path: string) {
  const { contents, close } = await inspectFile(path);
  const { tensors, problems } = contents;
  const statistics = await measureTensors(tensors);
  await close();
  return { l2: statistics.map((told) => told?.l2 ?? null), problems };
}

test('elements of ONNX that are in a file beside it are read from there', async () => {
  const folder = temporaryFolder();
  put(folder, 'a.onnx', model);
  put(folder, 'w.bin', float32([3, 4, 6, 8]));
  expect(await look(join(folder, 'a.onnx'))).toEqual({ l2: [5, 10], problems: [] });
});

test('a file beside that is missing, or cut off, is told with what of it is not there', async () => {
  const folder = temporaryFolder();
  put(folder, 'a.onnx', model);
  expect(await look(join(folder, 'a.onnx'))).toEqual({
    l2: [null, null],
    problems: ['w.bin is missing: 16 bytes of a and 1 other tensor are not there'],
  });
  put(folder, 'w.bin', float32([3, 4, 6]));
  expect(await look(join(folder, 'a.onnx'))).toEqual({
    l2: [5, null],
    problems: ['w.bin ends after 12 bytes: 4 bytes of b are not there'],
  });
});

test('a file beside that cannot be opened is told with the reason, and the others are read', async () => {
  const folder = temporaryFolder();
  const path = put(folder, 'a.onnx', writeOnnxGraph(weight('a', 'v.bin', 0), weight('b', 'w.bin', 8)));
  put(folder, 'v.bin', float32([3, 4]));
  put(folder, 'w.bin', float32([3, 4, 6, 8]));
  const contents = await readContents(bufferSource('a.onnx', readFileSync(path)));
  const files = new ForbiddenFiles(join(folder, 'v.bin'));
  const { tensors, problems } = await openBeside({ path, file: path }, contents, files);
  await files.close();
  expect(problems).toEqual(['v.bin cannot be opened (no permission): 8 bytes of a are not there']);
  expect(tensors.map(({ data }) => data !== null)).toEqual([false, true]);
});

test('a link that goes round in a loop is told so, not as missing', async () => {
  const folder = temporaryFolder();
  put(folder, 'a.onnx', model);
  symlinkSync('w.bin', join(folder, 'w.bin'));
  expect((await look(join(folder, 'a.onnx'))).problems).toEqual([
    'w.bin cannot be opened (it is a symbolic link, or a loop of them): 16 bytes of a and 1 other tensor are not there',
  ]);
});

test('what leads outside the folder is refused with that reason, by its name or by a link', async () => {
  const folder = temporaryFolder();
  put(folder, 'secret', float32([3, 4, 6, 8]));
  mkdirSync(join(folder, 'model'));
  put(folder, 'model/a.onnx', model);
  put(folder, 'model/b.onnx', writeOnnxGraph(weight('a', '../secret', 0)));
  symlinkSync('../secret', join(folder, 'model/w.bin'));
  expect((await look(join(folder, 'model/a.onnx'))).problems).toEqual([
    'w.bin leads outside the folder, and is not opened: 16 bytes of a and 1 other tensor are not there',
  ]);
  expect(await look(join(folder, 'model/b.onnx'))).toEqual({
    l2: [null],
    problems: ['it says that weights are in ../secret, outside its own folder: that is not opened'],
  });
});

test('of a model in more files than are opened at once the others are looked at, and not called broken', async () => {
  const folder = temporaryFolder();
  const names = Array.from({ length: 503 }, (_, index) => `${index}.bin`);
  const weights = names.map((name) => weight(name, name, 0));
  const path = put(folder, 'a.onnx', writeOnnxGraph(...weights));
  for (const name of names.slice(0, -1)) put(folder, name, float32([3, 4]));
  const { contents, close } = await inspectFile(path);
  await close();
  expect(contents.problems).toEqual(['502.bin is missing: 8 bytes of 502.bin are not there']);
  expect(contents.tensors.map(whyNotMeasured).slice(499)).toEqual([
    null,
    'it is in one of so many files that only 500 are opened',
    'it is in one of so many files that only 500 are opened',
    'its elements are not in the file, or not as they are',
  ]);
});

test('in a cache, where all names are links to one folder, they are followed', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'snapshot'));
  put(folder, 'blobs/1', model);
  put(folder, 'blobs/2', float32([3, 4, 6, 8]));
  symlinkSync('../blobs/1', join(folder, 'snapshot/a.onnx'));
  symlinkSync('../blobs/2', join(folder, 'snapshot/w.bin'));
  expect(await look(join(folder, 'snapshot/a.onnx'))).toEqual({ l2: [5, 10], problems: [] });
});

test('a distributed checkpoint of which a file is missing, or cut off, says what of it is', async () => {
  const folder = temporaryFolder();
  const list = readFileSync(join(import.meta.dirname, '../../../e2e/fixtures/indexes/dcp-4/.metadata'));
  const inside = list.toString('latin1').replaceAll('../../etc/passwd', 'rank_of_this_run');
  put(folder, '.metadata', Buffer.from(inside, 'latin1'));
  for (const [rank, bytes] of [100, 60, 100].entries())
    put(folder, `rank_of_this_run_${rank}.distcp`, Buffer.alloc(bytes));
  expect((await look(join(folder, '.metadata'))).problems).toEqual([
    'rank_of_this_run_1.distcp ends after 60 bytes: 40 bytes of model.fc.bias are not there',
    'rank_of_this_run_3.distcp is missing: 100 bytes of step are not there',
  ]);
});
