import { expect, test } from 'vitest';
import type { Contents, Tensor } from '../formats/contents.ts';
import { Damage, LimitReached } from '../formats/damage.ts';
import { emptyContents } from '../formats/empty-contents.ts';
import { bufferSource, positionalSource, type Source } from '../formats/source.ts';
import { bytesOfText } from '../formats/text-bytes.ts';
import { float32, tensorOf } from '../tensors/naive.fixture.ts';
import { carryContents, receiveContents } from './carry-contents.ts';

const file = bufferSource('a.npz', Buffer.alloc(0));
const damaged = positionalSource('a', 4, async () => {
  throw new Damage('its compressed data is damaged');
});

const from = (source: Source): Tensor => ({
  ...tensorOf('float32', [1], float32([1]), { name: 'w' }),
  data: { source, start: 0, length: 4, byteOrder: 'little' },
});
const carry = async (...tensors: Tensor[]): Promise<Contents> =>
  receiveContents(await carryContents({ ...emptyContents('npz', ['odd']), tensors }), file);

test('elements that are nowhere in the file arrive as they are', async () => {
  const { tensors, problems } = await carry(from(bufferSource('a', float32([7]))));
  const data = tensors[0]?.data ?? expect.unreachable();
  expect(await data.source.read(data.start, data.length)).toEqual(float32([7]));
  expect(problems).toEqual(['odd']);
});

test('elements that are carried take no more room than they have: a thread is sent the whole buffer that they stand in', async () => {
  const large = bufferSource('a', Buffer.alloc(64 * 1024, 1));
  const { special } = await carryContents({ ...emptyContents('npz', []), tensors: [from(large)] });
  const data = special[0]?.[1].data ?? expect.unreachable();
  expect('bytes' in data && [...data.bytes, data.bytes.buffer.byteLength]).toEqual([1, 1, 1, 1, 4]);
});

test('elements that cannot be unpacked cost what they are of, and are told', async () => {
  const { tensors, problems } = await carry(from(damaged), from(bufferSource('a', float32([7]))));
  expect(tensors.map(({ data }) => data !== null)).toEqual([false, true]);
  expect(problems).toEqual(['odd', 'w: its compressed data is damaged']);
});

test('elements of which there is too much to unpack are told not to be read, for nothing is wrong with them', async () => {
  const large = positionalSource('a', 4, async () => {
    throw new LimitReached('more are packed than are unpacked');
  });
  const { tensors, problems } = await carry(from(large));
  expect(tensors).toMatchObject([{ data: null, notRead: expect.stringContaining('packed') }]);
  expect(problems).toEqual(['odd']);
});

test('tensors arrive in their order, whether anything is special about them or not', async () => {
  const inFile = positionalSource('a.npz', 4, () => file.read(0, 0), {
    place: { descriptor: 1, offset: 0 },
  });
  const sources = [inFile, bufferSource('a', float32([7])), inFile, inFile, damaged];
  const { tensors } = await carry(
    ...sources.map((source, index) => ({ ...from(source), name: `w${index}` })),
  );
  expect(tensors.map(({ name, data }) => [name, data?.source === file])).toEqual([
    ...[
      ['w0', true],
      ['w1', false],
      ['w2', true],
      ['w3', true],
      ['w4', false],
    ],
  ]);
});

test('elements that stand in the file as a text arrive as the place of that', async () => {
  const text = bufferSource('a.pkl', Buffer.from('\u0007\0\u00ff\0'));
  const inFile = positionalSource('a.pkl', text.size, (at, length) => text.read(at, length), {
    place: { descriptor: 1, offset: 0 },
  });
  const bytes = bytesOfText({ source: inFile, start: 0, length: text.size, form: 'utf8' }, 4);
  const sent = await carryContents({
    ...emptyContents('pickle', ['odd']),
    tensors: [{ ...from(inFile), data: { ...bytes, byteOrder: 'little' } }],
  });
  expect(sent.special[0]?.[1].data).toMatchObject({ text: { start: 0, length: 5, form: 'utf8' } });
  const data = receiveContents(sent, text).tensors[0]?.data ?? expect.unreachable();
  expect(await data.source.read(data.start, data.length)).toEqual(Buffer.of(7, 0, 255, 0));
});
