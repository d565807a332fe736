import { expect, test } from 'vitest';
import { noise } from '../fixtures/bytes.ts';
import { writeZip } from '../fixtures/write-zip.ts';
import { bufferSource } from '../source.ts';
import { InflatedMember } from './inflated-member.ts';
import { readArchive } from './read-archive.ts';

const bytes = Buffer.concat([noise(300_000, 1), Buffer.alloc(700_000, 7), noise(100_000, 2)]);

async function open(more: { crc?: number; size?: number } = {}, change: (zip: Buffer) => void = () => {}) {
  const { size = bytes.length, ...written } = more;
  const zip = writeZip([{ name: 'a', data: bytes, deflated: true, ...written }]);
  const source = bufferSource('a.zip', zip);
  const [member = expect.unreachable()] = await readArchive(source, () => expect.unreachable());
  change(zip);
  let begun = 0;
  const inflated = new InflatedMember(source, { ...member, size }, () => {
    begun += 1;
  });
  return { inflated, begunSoFar: () => begun };
}

test('a packed member gives any of its bytes, and is unpacked once by whoever reads on', async () => {
  const { inflated, begunSoFar } = await open();
  const ranges = [
    [0, 10],
    [299_990, 20],
    [299_990, 500_000],
    [1_000_000, 100_000],
  ] as const;
  for (const [offset, length] of ranges)
    expect((await inflated.read(offset, length)).equals(bytes.subarray(offset, offset + length))).toBe(true);
  expect(begunSoFar()).toBe(1);
  expect(await inflated.read(1, 2)).toEqual(bytes.subarray(1, 3));
  expect(begunSoFar()).toBe(2);
});

test('reads that are asked for at once do not get in each other’s way, nor does letting go', async () => {
  const { inflated } = await open();
  const reads = [500_000, 3, 900_000].map((offset) => inflated.read(offset, 1000));
  inflated.close();
  for (const [index, offset] of [500_000, 3, 900_000].entries())
    expect(await reads[index]).toEqual(bytes.subarray(offset, offset + 1000));
  expect(await inflated.read(5, 5)).toEqual(bytes.subarray(5, 10));
});

test('the end is given only where it is the end, and all bytes are those on record', async () => {
  const end = [bytes.length - 5, 5] as const;
  await expect((await open({ crc: 1 })).inflated.read(...end)).rejects.toThrow(/do not match the CRC/);
  const damaged = await open({}, (zip) => zip.fill(0xff, 200_000, 200_100));
  await expect(damaged.inflated.read(...end)).rejects.toMatchObject({ name: 'Damage' });
  await expect(damaged.inflated.read(...end)).rejects.toMatchObject({ name: 'Damage' });
});

test('a member that unpacks to more, or less, than the directory says is damaged', async () => {
  for (const size of [bytes.length - 1, bytes.length + 1]) {
    const { inflated } = await open({ size });
    await expect(inflated.read(size - 5, 5)).rejects.toThrow(/another size than the directory says/);
  }
});
