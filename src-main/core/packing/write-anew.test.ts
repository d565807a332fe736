import {
  chmodSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { ModelManagerError, UsageError } from '../errors.ts';
import { realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeZip } from '../formats/fixtures/write-zip.ts';
import { text, weight, writeWith } from './pickled-item.fixture.ts';
import { hasTorch, runPython } from './python.fixture.ts';
import { PythonTuple, tensorOf } from './torch-value.ts';
import { writeAnew } from './write-anew.ts';
import { checkpoint, look, writeValue } from './written-checkpoint.fixture.ts';

let folder = '';
let path = '';
const at = (name: string) => join(folder, name);
const convert = (out: string, slim = false) => writeAnew(realDisk, path, at(out), { act: 'convert', slim });

beforeEach(async () => {
  folder = temporaryFolder();
  path = at('model.pt');
  await writeValue(checkpoint, path);
});

describe('convert', () => {
  test('gives its file the mode that the umask gives a new one, and lets nobody read it who could not read its source', async () => {
    const modeAt = (name: string) => statSync(at(name)).mode & 0o777;
    writeFileSync(at('new'), '', { mode: 0o666 });
    chmodSync(path, 0o644);
    await convert('as-new.pt');
    chmodSync(path, 0o600);
    await convert('private.pt');
    expect(['as-new.pt', 'private.pt'].map(modeAt)).toEqual([modeAt('new') & 0o644, 0o600]);
  });

  test('from .pt to .pt everything stays, byte for byte, whole floats too', async () => {
    const written = await convert('same.pt');
    expect(readFileSync(at('same.pt')).equals(readFileSync(path))).toBe(true);
    expect(written).toMatchObject({ tensors: 3, leftOut: [], bytes: statSync(path).size });
  });

  test('tensors of a tuple are tensors too', async () => {
    await writeValue(new PythonTuple([tensorOf(weight), [tensorOf(weight)]]), path);
    expect(await convert('same.pt')).toMatchObject({ tensors: 2, leftOut: [] });
    expect(readFileSync(at('same.pt')).equals(readFileSync(path))).toBe(true);
  });

  test('a slim file has no optimizer: None where the reference has one', async () => {
    const { leftOut, bytes, sourceBytes } = await convert('slim.pt', true);
    expect(leftOut).toEqual(['optimizer_state_dict']);
    expect(bytes).toBeLessThan(sourceBytes);
    const { entries, optimizers } = await look(at('slim.pt'));
    expect(entries.map(({ key, type }) => [key, type])).toContainEqual(['optimizer_state_dict', 'None']);
    expect(optimizers).toEqual([]);
  });

  test('to .safetensors go the tensors of the model under their own names, and what is known as JSON', async () => {
    const { leftOut } = await convert('model.safetensors');
    expect(leftOut).toEqual(['optimizer_state_dict']);
    const { tensors, trainingState, metadata, checkpointVersion, problems } = await look(
      at('model.safetensors'),
    );
    expect(problems).toEqual([]);
    expect(tensors.map(({ name, dtype, shape }) => [name, dtype, shape])).toEqual([
      ['net.bias', 'float64', [2]],
      ['net.weight', 'float32', [2, 3]],
    ]);
    const { data } = tensors[1] ?? {};
    expect(await data?.source.read(data.start, data.length)).toEqual(Buffer.from(weight.buffer));
    expect(trainingState).toEqual({ global_step: 7, best_reward: Number.NEGATIVE_INFINITY, current_lr: 1 });
    expect({ metadata, checkpointVersion }).toEqual({
      metadata: { version: 3, reward: 0.5, symbol: '__proto__' },
      checkpointVersion: '2.0',
    });
  });

  test('and back to .pt, where the reference has it', async () => {
    await convert('model.safetensors');
    await writeAnew(realDisk, at('model.safetensors'), at('back.pt'), { act: 'convert' });
    const { entries, tensors, metadata } = await look(at('back.pt'));
    expect(entries.map(({ key }) => key)).toEqual(Object.keys(checkpoint as object));
    expect(tensors.map(({ name }) => name)).toEqual([
      'model_state_dict.net.bias',
      'model_state_dict.net.weight',
    ]);
    expect(metadata).toMatchObject({ version: 3 });
  });

  test('to .safetensors, plain data among tensors is named too', async () => {
    await writeValue({ model: { w: tensorOf(weight), words: ['a'], count: 3, nothing: null } }, path);
    expect((await convert('new.safetensors')).leftOut).toEqual(['model.words', 'model.count']);
  });

  test.each(['alone.pt', 'alone.safetensors'])(
    'a storage that stands alone is written as a tensor of its elements: %s',
    async (name) => {
      const id = ['(', text('storage'), 'ctorch\nFloatStorage\n', text('0'), text('cpu'), 'K\x06tQ'];
      writeWith(path, text('net_storage'), ...id);
      expect(await convert(name)).toMatchObject({ tensors: 2, leftOut: [] });
      const { tensors, problems } = await look(at(name));
      expect(problems).toEqual([]);
      const found = tensors.find((tensor) => tensor.name === 'net_storage');
      expect(found).toMatchObject({ dtype: 'float32', shape: [6] });
      const { data } = found ?? {};
      expect(await data?.source.read(data.start, data.length)).toEqual(Buffer.from(weight.buffer));
    },
  );

  test.each([
    ['another ending', 'model.onnx', 'its ending is neither'],
    ['a name that is taken', 'model.pt', /^cannot write .* — a file of that name is there already — /],
  ])('%s is refused, and nothing is written', async (_, name, why) => {
    const before = readdirSync(folder);
    await expect(convert(name)).rejects.toThrow(UsageError);
    await expect(convert(name)).rejects.toThrow(why);
    expect(readdirSync(folder)).toEqual(before);
  });

  test.each(['new.pt', 'new.safetensors'])(
    'a model pickled whole is refused by its name: %s',
    async (name) => {
      const parts = ['cmy.net\nModel\n', ')\x81.'];
      writeFileSync(
        path,
        writeZip([{ name: 'a/data.pkl', data: Buffer.from(`\x80\x02${parts.join('')}`, 'latin1') }]),
      );
      await expect(convert(name)).rejects.toThrow(path);
      expect(readdirSync(folder)).toEqual(['model.pt']);
    },
  );

  test('a torn file is not converted: what is left is for repair, where anything is', async () => {
    truncateSync(path, statSync(path).size - 100);
    await expect(convert('new.pt')).rejects.toThrow(/^cannot convert .* — cairn repair writes/);
    truncateSync(path, 700);
    await expect(convert('new.pt')).rejects.toThrow(/^cannot convert .* — there is nothing of it to write/);
    expect(readdirSync(folder)).toEqual(['model.pt']);
  });

  test.each([
    ['a folder that is not there', 'nowhere/new.pt', 'the folder [^ ]+ is not there'],
    ['a file for a folder', 'model.pt/new.pt', 'the folder [^ ]+ is a file'],
    ['a folder below a file', 'model.pt/below/new.pt', 'the folder [^ ]+ is not there'],
    ['a name that is too long', `${'n'.repeat(300)}.pt`, 'the name is too long'],
  ])('%s is refused in one line before anything is read', async (_, name, why) => {
    const failed = await convert(name).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(UsageError);
    expect(String(failed)).toMatch(new RegExp(`^UsageError: cannot write [^ ]+ — ${why} — [^—\\n]+$`));
    expect(readdirSync(folder)).toEqual(['model.pt']);
  });

  test.each([
    ['nowhere.pt', 'it is not there'],
    ['.', 'it is no regular file'],
    ['model.pt/a.pt', 'it is not a folder'],
  ])('a source that is none is refused in one line: %s', async (name, why) => {
    const failed = writeAnew(realDisk, at(name), at('new.pt'), { act: 'convert' });
    await expect(failed).rejects.toThrow(UsageError);
    await expect(failed).rejects.toThrow(`cannot read ${at(name)} — ${why} — name a checkpoint file`);
  });

  test.each(['EACCES', 'ENOSPC', 'EIO'] as const)(
    'what the system says of writing is told in one line, with the name that was asked for: %s',
    async (code) => {
      const refuse = async () => Promise.reject(Object.assign(new Error(code), { code, syscall: 'open' }));
      const failed = writeAnew({ ...realDisk, create: refuse }, path, at('new.pt'), { act: 'convert' });
      await expect(failed).rejects.toThrow(ModelManagerError);
      await expect(failed).rejects.toThrow(`cannot write ${at('new.pt')} — `);
      expect(readdirSync(folder)).toEqual(['model.pt']);
    },
  );

  test('a file that becomes shorter while it is read is told in one line, and gives no file', async () => {
    const create: typeof realDisk.create = (target) => {
      truncateSync(path, 700);
      return realDisk.create(target);
    };
    const failed = writeAnew({ ...realDisk, create }, path, at('new.pt'), { act: 'convert' });
    await expect(failed).rejects.toThrow(ModelManagerError);
    await expect(failed).rejects.toThrow(
      `cannot read ${path} — the file became shorter while it was read — fix that and try again`,
    );
    expect(readdirSync(folder)).toEqual(['model.pt']);
  });

  test('a file that changes while it is read gives no file', async () => {
    const touching = new Proxy(realDisk, {
      get: (disk, name: keyof typeof realDisk) => {
        if (name !== 'lookAt') utimesSync(path, 1000, 1000);
        return disk[name];
      },
    });
    await expect(writeAnew(touching, path, at('new.pt'), { act: 'convert' })).rejects.toThrow(
      'changed while it was read',
    );
    expect(readdirSync(folder)).toEqual(['model.pt']);
  });

  test('one that is stopped leaves nothing', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(writeAnew(realDisk, path, at('new.pt'), { act: 'convert' }, { signal })).rejects.toThrow(
      'stopped',
    );
    expect(readdirSync(folder)).toEqual(['model.pt']);
  });
});

test.skipIf(!hasTorch)('PyTorch finds in what was converted all that it found before', async () => {
  const fixtures = join(import.meta.dirname, '../../../e2e/fixtures');
  const names = [
    'formats/one_tensor.pt',
    'formats/views.pt',
    'formats/legacy_views.pt',
    'edge/checkpoints/no_sidecar.pt',
    'edge/checkpoints/legacy_stream.pt',
    'edge/checkpoints/list_sidecar.pt',
  ];
  const pairs = names.map(async (name, index) => {
    const { leftOut } = await writeAnew(realDisk, join(fixtures, name), at(`${index}.pt`), {
      act: 'convert',
    });
    expect([name, leftOut]).toEqual([name, []]);
    return `${join(fixtures, name)}\t${at(`${index}.pt`)}`;
  });
  const found = runPython('compare.py', (await Promise.all(pairs)).join('\n'));
  expect(found).toEqual(names.map(() => 'same'));
});

test('of two tensors of one name none is dropped in silence: that is refused, and nothing is written', async () => {
  const one = tensorOf(new Float32Array(2), [2]);
  const other = tensorOf(new Float32Array(3), [3]);
  await writeValue({ model_state_dict: { 'a.b': one, a: { b: other } } }, path);
  await expect(convert('out.safetensors')).rejects.toThrow(
    'cannot write a.b — another tensor has this name too, and safetensors has each once — write a .pt file instead',
  );
  expect(readdirSync(folder)).toEqual(['model.pt']);
  expect((await convert('out.pt')).tensors).toBe(2);
});

test('of a packed file it is said how to come by what can be converted', async () => {
  writeFileSync(path, gzipSync(readFileSync(path)));
  await expect(convert('out.pt')).rejects.toThrow(
    'it is packed by gzip — unpack it (gunzip -k), and convert what comes out',
  );
});
