import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ascii, noise, u32, u64 } from './fixtures/bytes.ts';
import { writeKeras, writtenHdf5 } from './fixtures/hostile-hdf5.ts';
import { writeHdf5, writeOnnx, writeTorchTar } from './fixtures/write-others.ts';
import { formatSuite } from './format-suite.ts';
import { bufferSource } from './source.ts';
import { checkStructure, type Structure } from './structure.ts';

const lfsPointer = ascii(
  `version https://git-lfs.github.com/spec/v1\noid sha256:${'0c63'.repeat(16)}\nsize 63018645\n`,
);
/** `{step: 100, params: ext ndarray, list: [1.5, null, "ab"]}` as msgpack has it. */
const msgpack = Buffer.from(
  '83a473746570cd0064a6706172616d73c70c010102030405060708090a0b0ca46c69737493cb3ff8000000000000c0a26162',
  'hex',
);
const annexLink = ascii(`/annex/objects/SHA256E-s2048--${'ab'.repeat(32)}.pt\n`);

formatSuite([
  { title: 'HDF5 of version 0', fileName: 'a.h5', bytes: writtenHdf5('small'), format: 'hdf5' },
  {
    title: 'HDF5 of version 2 behind a block',
    fileName: 'a',
    bytes: writeHdf5(2, { userBlock: 512 }),
    format: 'hdf5',
    isRead: false,
  },
  {
    title: 'a Keras archive',
    fileName: 'a.keras',
    bytes: writeKeras(writtenHdf5('small'), undefined, true),
    format: 'keras',
  },
  { title: 'ONNX', fileName: 'policy.onnx', bytes: writeOnnx(), format: 'onnx', isRead: false },
  { title: 'the oldest torch', fileName: 'a.pt', bytes: writeTorchTar(), format: 'torch-tar', isRead: false },
  { title: 'msgpack', fileName: 'checkpoint_100', bytes: msgpack, format: 'flax-msgpack', isRead: false },
  {
    title: 'gzip',
    fileName: 'a.pt.gz',
    bytes: gzipSync(noise(50)),
    format: 'gzip',
    state: 'unknown',
    isRead: false,
  },
  {
    title: 'a Git LFS pointer',
    fileName: 'a.ckpt',
    bytes: lfsPointer,
    format: 'lfs-pointer',
    state: 'torn',
    isRead: false,
  },
  {
    title: 'a git-annex link',
    fileName: 'a.pt',
    bytes: annexLink,
    format: 'annex-link',
    state: 'torn',
    isRead: false,
  },
]);

const check = (bytes: Buffer | string, name = 'model.pt'): Promise<Structure> =>
  checkStructure(bufferSource(name, Buffer.from(bytes as string)));

describe('a file that is no checkpoint says what it is', () => {
  test.each([
    ['an empty file', '', 'empty', 'torn', 'an empty file (0 bytes)'],
    [
      'zeros',
      Buffer.alloc(100),
      'unknown',
      'torn',
      '100 bytes, all of them zeros: its contents were never written to the disk',
    ],
    [
      'zeros first',
      Buffer.alloc(1e6),
      'unknown',
      'torn',
      '1,000,000 bytes, the first 4,096 of them zeros: its contents were never written to the disk',
    ],
    [
      'a web page',
      '\n<!DOCTYPE html><html>…',
      'unknown',
      'unknown',
      'an HTML page, not a checkpoint: perhaps what a failed download left',
    ],
    [
      'text',
      'epoch,loss\n1,0.5\n',
      'unknown',
      'unknown',
      'text, not a checkpoint: it begins with "epoch,loss"',
    ],
    [
      'text in reverse',
      'a\u202eb',
      'unknown',
      'unknown',
      'text, not a checkpoint: it begins with "a\\u{202e}b"',
    ],
    ...(
      [
        ['zlib', '789c'],
        ['xz', 'fd377a585a00'],
        ['bzip2', '425a68'],
        ['zstd', '28b52ffd'],
      ] as const
    ).map(([packer, start]): [string, Buffer, string, string, string] => [
      `what ${packer} packed`,
      Buffer.concat([Buffer.from(start, 'hex'), noise(100)]),
      'unknown',
      'unknown',
      `packed by ${packer}: unpack it to look inside`,
    ]),
    [
      'anything else',
      noise(100),
      'unknown',
      'unknown',
      'not a checkpoint: its first bytes are of no known format',
    ],
  ])('%s', async (_, bytes, format, state, detail) => {
    expect(await check(bytes)).toEqual({ format, state, detail });
  });

  test('text whose last character is cut in two by where the reading stops', async () => {
    expect((await check(`x${'é'.repeat(5000)}`)).detail).toContain('text, not a checkpoint');
  });

  test('a pointer, with what it promises', async () => {
    expect((await check(lfsPointer)).detail).toBe(
      'a Git LFS pointer, not the model: the real file has 63,018,645 bytes (sha256 0c630c63…)',
    );
    expect((await check(annexLink)).detail).toBe(
      'a git-annex link, not the model: the real file has 2,048 bytes',
    );
  });
});

describe('what is left open or torn in the lesser formats', () => {
  test.each([
    ['HDF5 of a version to come', Buffer.concat([ascii('\x89HDF\r\n\x1a\n\x09'), noise(50)]), 'unknown'],
    ['ONNX with a broken field', Buffer.from([8, 8, 0x12, 1, 65, 0x1b, 1]), 'torn'],
    [
      'ONNX with a length beyond the file',
      Buffer.from([8, 8, 0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]),
      'torn',
    ],
    ['a tar without its pickle', writeTorchTar(['sys_info', 'tensors', 'storages']), 'torn'],
    ['a GGUF header alone, cut', Buffer.concat([ascii('GGUF'), u32(3), u64(1)]), 'torn'],
  ])('%s', async (_, bytes, state) => {
    expect(await check(bytes)).toMatchObject({ state });
  });
});
