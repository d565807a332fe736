import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TensorStatistics } from '../../../../shared/model/tensor-statistics.ts';
import { measureTensors } from '../../tensors/measure-tensors.ts';
import type { Contents } from '../contents.ts';
import { readContents } from '../read-contents.ts';
import { readNotes } from '../read-notes.ts';
import { bufferSource, openFileSource } from '../source.ts';
import { checkStructure } from '../structure.ts';

/** What h5py finds: `offset` is null where elements do not stand in the file as they are. */
interface Expected {
  shape: number[];
  dtype: string;
  offset: number | null;
  sum?: number;
  min?: number;
  max?: number;
}

const fixtures = join(import.meta.dirname, '../../../../e2e/fixtures');
const folder = join(fixtures, 'hdf5');
const expected: Record<string, Record<string, Expected>> = JSON.parse(
  readFileSync(join(fixtures, 'hdf5.expected.json'), 'utf8'),
);

const read = (name: string): Promise<Contents> =>
  readContents(bufferSource(name, readFileSync(join(folder, name))));
const tensorsOf = ({ tensors }: Contents) => new Map(tensors.map((tensor) => [tensor.name, tensor]));

/** numpy's names of what PyTorch has no name for; two bytes of anything are bfloat16 where Keras says so. */
const named: Record<string, string> = {
  object: 'string',
  bytes24: 'string',
  void96: 'compound',
  void16: 'bfloat16',
};

test('there is a file of each kind', () => {
  expect(readdirSync(folder).sort()).toEqual(
    [...Object.keys(expected), 'hangs.keras', 'links.h5', 'packed.keras', 'policy.keras'].sort(),
  );
});

describe.each(Object.entries(expected))('%s', (name, datasets) => {
  test('has the datasets that h5py finds in it, with their types and shapes', async () => {
    const { tensors } = await read(name);
    const found = tensors.map(({ name, dtype, shape }) => [name, `${dtype} [${shape}]`]);
    const wanted = Object.entries(datasets).map(([name, { dtype, shape }]) => [
      name,
      `${named[dtype] ?? dtype} [${shape}]`,
    ]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
  });

  test('has elements where h5py finds them, and what numpy finds in them', async () => {
    const found = tensorsOf(await read(name));
    const readable = Object.entries(datasets).flatMap(([key, wanted]) => {
      const tensor = found.get(key);
      return tensor?.data ? [{ tensor, start: tensor.data.start, wanted }] : [];
    });
    const inFile = readable.filter(({ wanted }) => wanted.offset !== null);
    expect(inFile.map(({ start }) => start)).toEqual(inFile.map(({ wanted }) => wanted.offset));
    const counted = readable.filter(({ wanted }) => wanted.sum !== undefined);
    const statistics = await measureTensors(counted.map(({ tensor }) => tensor));
    expect(statistics.map((one) => one && summarise(one))).toEqual(
      counted.map(({ wanted: { sum, min, max } }) => ({ sum: expect.closeTo(sum ?? 0, 4), min, max })),
    );
  });
});

test('a dataset without elements has none of them missing', async () => {
  const found = tensorsOf(await read('types.h5'));
  const empty = ['no_rows', 'nothing'].flatMap((name) => found.get(name) ?? []);
  expect(await measureTensors(empty)).toMatchObject([{ count: 0 }, { count: 0 }]);
});

function summarise({ count, nan, posinf, neginf, mean, min, max }: TensorStatistics) {
  return { sum: (mean ?? 0) * (count - nan - posinf - neginf), min, max };
}

describe('what leads out of a file is refused, and said', () => {
  test('no link is followed, and no other file asked for its elements', async () => {
    const { problems, tensors, entries } = await read('links.h5');
    expect(problems).toEqual([
      'outside: a link to another file, /etc/passwd, which is not opened',
      'sibling: a link to another file, types.h5, which is not opened',
      'passwd: its elements are in another file, /etc/passwd, which is not opened',
      'random: its elements are in another file, /dev/urandom, which is not opened',
      'virtual: its elements are those of other datasets (special in types.h5), which are not read',
    ]);
    const readable = tensors.filter(({ data }) => data !== null).map(({ name }) => name);
    expect(readable).toEqual(['same', 'weights']);
    expect(entries.filter(({ type }) => type === 'link')).toEqual([
      { key: 'dangling', type: 'link', summary: 'to /nowhere, not followed' },
      { key: 'soft', type: 'link', summary: 'to /weights, not followed' },
    ]);
  });

  test('a dataset with two names is one storage, and a group that holds itself is gone through once', async () => {
    const { tensors } = await read('links.h5');
    const [same, weights] = tensors.filter(({ data }) => data !== null);
    expect(same?.storage).toBe(weights?.storage);
    expect(tensors).toHaveLength(5);
  });
});

test('bytes before its beginning and behind its end are not passed over', async () => {
  const block = (text: string) => {
    const bytes = readFileSync(join(folder, 'user_block.h5'));
    bytes.write(text, 'latin1');
    return readContents(bufferSource('a.h5', bytes));
  };
  expect(await read('user_block.h5')).toMatchObject({ problems: [], trust: 'tensors-only', unread: [] });
  expect(await block('written by a simulation')).toMatchObject({ trust: 'tensors-only', unread: [] });
  expect(await block("cos\nsystem\n(S'id'\ntR.")).toMatchObject({ trust: 'runs-code' });
  expect(await block('notes\nPK\x05\x06')).toMatchObject({
    trust: 'runs-code',
    unread: ['what may be an archive before its beginning'],
  });
  const bytes = Buffer.concat([readFileSync(join(folder, 'keras2.h5')), Buffer.from('more')]);
  expect((await readContents(bufferSource('a.h5', bytes))).problems).toEqual(['4 bytes follow its end']);
});

test.each([4096, 65_536, 1024 * 1024])(
  'a file behind a block of %i bytes is read as any other, and no more of it',
  async (length) => {
    const written = readFileSync(join(folder, 'user_block.h5'));
    // Its addresses are counted from the block's end; that of the file's end is told from its start.
    const superblock = Buffer.from(written.subarray(512));
    superblock.writeBigUInt64LE(BigInt(length), 24);
    superblock.writeBigUInt64LE(BigInt(length + superblock.length), 40);
    const bytes = Buffer.concat([Buffer.alloc(length), superblock]);
    const found = await readContents(bufferSource('a.h5', bytes));
    expect(found).toMatchObject({ format: 'hdf5', problems: [], trust: 'tensors-only' });
    expect(found.tensors).toMatchObject([{ name: 'weights', shape: [3, 4] }]);
    expect(await checkStructure(bufferSource('a.h5', bytes))).toMatchObject({ state: 'whole' });
    expect((await checkStructure(bufferSource('a.h5', bytes.subarray(0, -8)))).state).toBe('torn');
  },
);

test('Keras says which version it was, how it was trained, and what loading it makes', async () => {
  const ofOld = await read('keras2.h5');
  expect(ofOld).toMatchObject({
    format: 'hdf5',
    trust: 'needs-classes',
    problems: [],
    metadata: { keras_version: '2.15.0', backend: 'tensorflow', model_config: { class_name: 'Sequential' } },
    hyperparameters: { optimizer_config: { config: { learning_rate: 0.0003 } } },
    writtenBy: { framework: 'keras' },
  });
  const ofNew = await read('policy.keras');
  expect(ofNew).toMatchObject({
    format: 'keras',
    trust: 'needs-classes',
    problems: [],
    metadata: { keras_version: '3.9.0', date_saved: '2026-03-02@09:00:00' },
    hyperparameters: { optimizer: { config: { learning_rate: 0.0003 } } },
  });
  const part = (name: string) => ofNew.tensors.find((tensor) => tensor.name === name)?.part;
  expect([part('layers.dense.vars.0'), part('optimizer.vars.0')]).toEqual(['model', 'optimizer']);
});

test('a Keras archive says who wrote it without its weights being opened', async () => {
  const source = bufferSource('policy.keras', readFileSync(join(folder, 'policy.keras')));
  expect(await readNotes(source)).toMatchObject({
    metadata: { keras_version: '3.9.0' },
    writtenBy: { framework: 'keras', version: expect.stringMatching(/^\d/), best: null },
  });
  expect(source.bytesRead).toBeLessThan(8192);
});

test('a packed archive has the same weights as one that is not', async () => {
  const [plain, packed] = [await read('policy.keras'), await read('packed.keras')];
  const statistics = async ({ tensors }: Contents) => measureTensors(tensors);
  expect(packed.tensors.map(({ name }) => name)).toEqual(plain.tensors.map(({ name }) => name));
  expect(await statistics(packed)).toEqual(await statistics(plain));
});

test('two bytes of anything are bfloat16 where Keras says so', async () => {
  const tensor = tensorsOf(await read('policy.weights.h5')).get('layers.half.vars.0');
  const [statistics] = await measureTensors(tensor ? [tensor] : []);
  expect(statistics).toMatchObject({ count: 3, posinf: 1, min: -2, max: 1 });
});

test('elements that are packed in a way that is not known are not read, and that is said', async () => {
  const { tensors, problems } = await read('types.h5');
  expect(problems).toEqual(['chunked.lzf: its elements are packed by lzf, which is not known']);
  expect(tensors.find(({ name }) => name === 'chunked.lzf')).toMatchObject({ shape: [20, 24], data: null });
});

test('of a file no more is read than a few times what describes its datasets', async () => {
  const source = await openFileSource(join(folder, 'keras2.h5'));
  await readContents(source);
  await source.close();
  expect(source.bytesRead).toBeLessThan(3 * source.size);
});
