import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { measureTensors } from '../tensors/measure-tensors.ts';
import type { Contents } from './contents.ts';
import { ascii } from './fixtures/bytes.ts';
import { writeOnnx } from './fixtures/write-others.ts';
import { readFlaxMsgpackContents } from './flax-msgpack/read-contents.ts';
import { formatSuite } from './format-suite.ts';
import { readContents } from './read-contents.ts';
import { bufferSource } from './source.ts';
import { checkStructure } from './structure.ts';

const folder = join(import.meta.dirname, '../../../e2e/fixtures/indexes');
const bytesOf = (path: string): Buffer => readFileSync(join(folder, path));
const example = (path: string) => ({ title: path, fileName: basename(path), bytes: bytesOf(path) });
const read = (path: string): Promise<Contents> => readContents(bufferSource(basename(path), bytesOf(path)));
const shapes = ({ tensors }: Contents): Record<string, string> =>
  Object.fromEntries(
    tensors.map(({ name, dtype, shape, part }) => [name, `${dtype} [${shape.join(', ')}] ${part}`]),
  );

formatSuite([
  { ...example('checkpoint_12000'), format: 'flax-msgpack' },
  { ...example('cp-0005.ckpt.index'), format: 'tf-index' },
  { ...example('dcp-2/.metadata'), format: 'dcp' },
  { ...example('dcp-4/.metadata'), format: 'dcp' },
  { ...example('orbax/_METADATA'), format: 'orbax' },
  { ...example('MLmodel'), format: 'mlflow-model' },
]);

test('a tree of flax has its arrays at their place, its plain values, and the step', async () => {
  const contents = await read('checkpoint_12000');
  expect(shapes(contents)).toEqual({
    'params.Dense_0.kernel': 'float32 [3, 4] model',
    'params.Dense_0.bias': 'float32 [4] model',
    half: 'bfloat16 [3] model',
    'opt_state.0.count': 'int32 [] optimizer',
    'opt_state.0.mu.kernel': 'float32 [3, 4] optimizer',
  });
  expect(contents).toMatchObject({
    problems: [],
    trust: 'tensors-only',
    trainingState: { step: 12_000 },
    metadata: { step: 12_000, tx: null, note: 'by hand' },
    writtenBy: { framework: 'flax' },
  });
  const [kernel, , half, count] = await measureTensors(contents.tensors);
  expect(kernel).toMatchObject({ count: 12, min: 0, max: 11, mean: 5.5 });
  expect(half).toMatchObject({ count: 3, min: -2, max: 1, posinf: 1 });
  expect(count).toMatchObject({ count: 1, min: 7 });
});

test.each([1, 2, 3, 4, 15])(
  'a map of %i items runs nothing where it is loaded, whatever else begins so',
  async (items) => {
    const map = Buffer.concat([
      Buffer.of(0x80 + items),
      ...Array.from({ length: items }, (_, at) => ascii(`\xa1${at % 10}\x01`)),
    ]);
    const source = (bytes: Buffer) => bufferSource('checkpoint_5', bytes);
    expect(await readContents(source(map))).toMatchObject({
      format: 'flax-msgpack',
      trust: 'tensors-only',
      problems: [],
    });
    const isMistakable = items > 1 && items < 5;
    expect((await readContents(source(map.subarray(0, -1)))).trust).toBe(
      isMistakable ? 'runs-code' : 'tensors-only',
    );
  },
);

test('the graph of a SavedModel is told from ONNX, and said to be what it is', async () => {
  const graph = (length: number) =>
    Buffer.concat([ascii('\x0a\x02\x08\x01\x12'), Buffer.of(length - 6), Buffer.alloc(length - 6)]);
  for (const length of [6, 100]) {
    const bytes = Buffer.concat([ascii('\x08\x01\x12'), Buffer.of(length), graph(length)]);
    const source = bufferSource('saved_model.pb', bytes);
    expect(await readContents(source)).toMatchObject({
      ...{ format: 'saved-model', trust: 'runs-code', tensors: [] },
      problems: [expect.stringMatching(/^the graph of a TensorFlow SavedModel, which is not read/)],
    });
    expect(await checkStructure(source)).toMatchObject({ format: 'saved-model', state: 'whole' });
    expect((await checkStructure(bufferSource('saved_model.pb', bytes.subarray(0, -1)))).state).toBe('torn');
  }
  expect(await checkStructure(bufferSource('a.onnx', writeOnnx()))).toMatchObject({ format: 'onnx' });
});

test('no array of flax is read, however large it is', async () => {
  const length = 4 * 2 ** 20;
  const packed = Buffer.concat([
    Buffer.from('9391ce00100000a7666c6f61743332c6', 'hex'),
    bigEndian(length),
    Buffer.alloc(length),
  ]);
  const head = Buffer.concat([ascii('\x81\xa1w\xc9'), bigEndian(packed.length), Buffer.of(1)]);
  const source = bufferSource('w.msgpack', Buffer.concat([head, packed]));
  const { tensors, problems } = await readFlaxMsgpackContents(source, 'flax-msgpack');
  expect({ problems, shape: tensors[0]?.shape }).toEqual({ problems: [], shape: [2 ** 20] });
  expect(source.bytesRead).toBeLessThan(1000);
});

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

test('an index of TensorFlow has the tensors of its files, in all of its blocks', async () => {
  const contents = await read('cp-0005.ckpt.index');
  expect(shapes(contents)).toEqual({
    _CHECKPOINTABLE_OBJECT_GRAPH: 'string [] other',
    'model.layer-0.bias': 'float32 [4] model',
    'model.layer-0.kernel': 'float32 [3, 4] model',
    'model.layer-0.kernel.OPTIMIZER_SLOT.optimizer.m': 'float32 [3, 4] optimizer',
    'model.layer-1.kernel': 'bfloat16 [4, 0] model',
    save_counter: 'int64 [] model',
  });
  expect(contents).toMatchObject({ problems: [], trust: 'tensors-only' });
  expect(contents.tensors.every(({ data }) => data === null)).toBe(true);
});

test('a flipped bit of an index is told by the checksum of its block', async () => {
  const bytes = Buffer.from(bytesOf('cp-0005.ckpt.index'));
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
  const { problems } = await readContents(bufferSource('a.index', bytes));
  expect(problems).toEqual(['its block at byte 0 does not match its checksum']);
});

test('a torn index of TensorFlow lists the tensors before its end, and says whether they are all', async () => {
  const bytes = bytesOf('cp-0005.ckpt.index');
  const whole = await read('cp-0005.ckpt.index');
  const said = new Set<string>();
  for (let length = 4; length < bytes.length; length += 1) {
    const torn = await readContents(bufferSource('a.index', bytes.subarray(0, length)));
    expect(torn.tensors).toEqual(whole.tensors.slice(0, torn.tensors.length));
    const [first, second = ''] = torn.problems;
    expect(first).toBe(`${length} bytes: its end is missing`);
    const isAll = second.startsWith('all that it listed is there: 6 tensors');
    if (isAll) expect(torn.tensors).toHaveLength(whole.tensors.length);
    said.add(second.replace(/\d+ tensors?, up to [^;]+/, 'N'));
  }
  expect([...said]).toEqual([
    'it ends before its first tensor',
    'listed before its end: N; how many came after is not known',
    'all that it listed is there: 6 tensors',
  ]);
});

test.each([2, 4])(
  'the list of a distributed checkpoint is described and never built, by protocol %i',
  async (protocol) => {
    const contents = await read(`dcp-${protocol}/.metadata`);
    expect(shapes(contents)).toEqual({
      'model.fc.weight': 'float32 [3, 4] model',
      'model.fc.bias': 'bfloat16 [4] model',
      'optimizer.state.fc.weight.exp_avg': 'float32 [3, 4] optimizer',
    });
    expect(contents.tensors.map(({ bytes }) => bytes)).toEqual([48, 8, 48]);
    expect(contents.problems).toEqual([]);
    expect(contents.trust).toBe('needs-classes');
    expect(contents.globals.map(({ name }) => name)).toContain('MetadataIndex');
  },
);

test('a tree of Orbax has its arrays, with their shapes where they are written', async () => {
  const contents = await read('orbax/_METADATA');
  expect(shapes(contents)).toEqual({
    'params.Dense_0.kernel': 'unknown [3, 4] model',
    'params.Dense_0.bias': 'unknown [4] model',
    'opt_state.0.count': 'unknown [] optimizer',
    step: 'unknown [] model',
  });
  expect(contents).toMatchObject({
    problems: [],
    trust: 'tensors-only',
    metadata: { use_ocdbt: true, use_zarr3: false },
  });
});

test('a model of MLflow says by which flavors it can be loaded', async () => {
  const { entries, problems } = await read('MLmodel');
  expect(problems).toEqual([]);
  expect(entries).toEqual(
    expect.arrayContaining([
      { key: 'flavors', type: 'list', summary: 'python_function, pytorch' },
      { key: 'mlflow_version', type: 'text', summary: '2.14.0' },
    ]),
  );
});

test('a torn tree of flax lists the array that it ends in, and how many of its bytes are there', async () => {
  const bytes = bytesOf('checkpoint_12000');
  const whole = await readContents(bufferSource('checkpoint_1', bytes));
  const kernel = whole.tensors.at(-1);
  const { start = 0, length = 0 } = kernel?.data ?? {};
  const torn = await readContents(bufferSource('checkpoint_1', bytes.subarray(0, start + 20)));
  expect(torn.tensors.map(({ name, data }) => [name, data !== null])).toEqual(
    whole.tensors.map(({ name }) => [name, name !== kernel?.name]),
  );
  expect(torn.problems).toEqual([
    `${kernel?.name}: the file ends inside its storage: 20 of ${length} bytes are there, and what follows it is missing`,
  ]);
});

test.each(['dcp-2', 'dcp-4'])(
  'a torn list of a distributed checkpoint keeps the tensors before the cut: %s',
  async (folder) => {
    const bytes = bytesOf(`${folder}/.metadata`);
    const cut = bytes.indexOf('optimizer.state');
    const { tensors, problems } = await readContents(bufferSource('.metadata', bytes.subarray(0, cut)));
    expect(tensors.map(({ name }) => name)).toEqual(['model.fc.weight', 'model.fc.bias']);
    expect(problems).toEqual([expect.stringMatching(/its pickle is cut off.*in state_dict_metadata/)]);
  },
);

test('a torn list of Orbax still has the arrays whose leaves are whole, wherever it is cut', async () => {
  const bytes = bytesOf('orbax/_METADATA');
  const whole = await readContents(bufferSource('_METADATA', bytes));
  let most = 0;
  for (let length = 20; length < bytes.length - 1; length += 1) {
    const { tensors, problems } = await readContents(bufferSource('_METADATA', bytes.subarray(0, length)));
    expect(problems.join(), `${length} bytes`).toMatch(/not valid JSON|names no tree/);
    expect(tensors, `${length} bytes`).toEqual(whole.tensors.slice(0, tensors.length));
    expect(tensors.length, `${length} bytes`).toBeGreaterThanOrEqual(most);
    expect(problems[1], `${length} bytes`).toMatch(/of its tree (is|are) whole/);
    most = tensors.length;
  }
  expect(most).toBe(whole.tensors.length);
});
