import { expect, test } from 'vitest';
import { stringifyJson } from '../../../../shared/model/json.ts';
import type { Contents, Tensor } from '../contents.ts';
import { ascii } from '../fixtures/bytes.ts';
import { randomPickle } from '../fixtures/random-pickle.ts';
import { writeZip } from '../fixtures/write-zip.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource } from '../source.ts';

/** Programs that are tried each time; their seeds are those from 1 on. */
const programs = 1000;

function archive(seed: number): Buffer {
  return writeZip([
    { name: 'a/data.pkl', data: randomPickle(seed) },
    { name: 'a/data/0', data: Buffer.alloc(4) },
    { name: 'a/data/1', data: Buffer.alloc(16) },
    { name: 'a/version', data: ascii('3\n') },
  ]);
}

const lastElement = ({ shape, stride, offset }: Tensor): number =>
  shape.reduce((at, size, axis) => at + (size - 1) * (stride?.[axis] ?? 0), offset ?? 0);

const staysInside = (tensor: Tensor): boolean =>
  tensor.data === null || tensor.shape.includes(0) || 4 * (lastElement(tensor) + 1) <= tensor.data.length;

function expectSound({ tensors, pickled, ...told }: Contents, seed: number): void {
  const strays = tensors.filter((tensor) => tensor.storage !== null && !staysInside(tensor));
  expect(strays, `seed ${seed}`).toEqual([]);
  expect(stringifyJson(told).length, `seed ${seed}`).toBeLessThan(1e6);
}

test('random programs are described soundly, alone and in an archive', async () => {
  let found = 0;
  for (let seed = 1; seed <= programs; seed += 1) {
    const alone = await readContents(bufferSource('a.pkl', randomPickle(seed)));
    const inside = await readContents(bufferSource('a.pt', archive(seed)));
    for (const contents of [alone, inside]) expectSound(contents, seed);
    found += inside.tensors.filter(({ data }) => data !== null).length;
  }
  expect(found).toBeGreaterThan(programs / 20);
});

test('the same program is described the same every time', async () => {
  const tell = async (seed: number) => {
    const { tensors, pickled, ...told } = await readContents(bufferSource('a.pt', archive(seed)));
    return stringifyJson([told, tensors.map(({ data, ...tensor }) => [tensor, data?.start])]);
  };
  for (let seed = 1; seed <= 100; seed += 1) expect(await tell(seed)).toBe(await tell(seed));
});
