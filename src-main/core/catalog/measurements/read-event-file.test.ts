import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Damage } from '../../formats/damage.ts';
import { ascii, noise, u64 } from '../../formats/fixtures/bytes.ts';
import { damageBytes } from '../../formats/fixtures/damage-bytes.ts';
import { protobufField } from '../../formats/fixtures/write-others.ts';
import { positionalSource } from '../../formats/source.ts';
import { maskedCrc32c } from './crc32c.ts';
import type { MetricLog } from './metric-log.ts';
import { readEventFile } from './read-event-file.ts';
import { measurementsIn, sourceOf } from './read-log.fixture.ts';
import { eventsOf, recordOf, scalarRecord, versionRecord } from './write-logs.fixture.ts';

const golden = join(import.meta.dirname, '../../../../e2e/fixtures/tfevents');
const goldenBytes = readFileSync(join(golden, 'events.out.tfevents.1700000000.golden'));

const tensorboardSays = JSON.parse(
  readFileSync(join(golden, 'expected.json'), 'utf8'),
  (_key, value: unknown) => (value === 'NaN' ? Number.NaN : value),
) as unknown;

async function read(bytes: Buffer, isOfKeras = false): Promise<MetricLog> {
  const { steps } = await readEventFile(sourceOf(bytes), { isOfKeras });
  return steps.log;
}

test('the checksum is the one of RFC 3720, B.4, masked', () => {
  const unmask = (masked: number) => {
    const turned = (masked - 0xa282ead8) >>> 0;
    return ((turned >>> 17) | (turned << 15)) >>> 0;
  };
  const crc = (bytes: Buffer) => unmask(maskedCrc32c(bytes)).toString(16);
  expect(crc(Buffer.alloc(32))).toBe('8a9136aa');
  expect(crc(Buffer.alloc(32, 0xff))).toBe('62a8ab43');
  expect(crc(Buffer.from(Array.from({ length: 32 }, (_, index) => index)))).toBe('46dd794e');
  expect(crc(ascii('123456789'))).toBe('e3069283');
  expect(crc(Buffer.alloc(0))).toBe('0');
});

test('scalars are those that tensorboard itself finds, to the last digit, and nothing else is one', async () => {
  const log = await read(goldenBytes);
  expect(measurementsIn(log)).toEqual(tensorboardSays);
  expect(log.notes).toEqual([]);
});

describe('a file that is not whole', () => {
  test('cut off anywhere, keeps what came before, and says so', async () => {
    const whole = measurementsIn(await read(goldenBytes));
    for (let length = versionRecord.length; length < goldenBytes.length; length += 97) {
      const log = await read(goldenBytes.subarray(0, length));
      for (const [name, values] of Object.entries(measurementsIn(log)))
        expect(values).toEqual(whole[name]?.slice(0, values.length));
      for (const note of log.notes)
        expect(note).toMatch(/^its last record, from byte [\d,]+ on, is not whole/);
    }
  });

  test('with a bit that flipped, keeps what came before, and says where', async () => {
    const bytes = eventsOf('a', { 1: 1, 2: 2, 3: 3 });
    const at = versionRecord.length + scalarRecord('a', 1, 1).length;
    bytes.writeUInt8(bytes.readUInt8(at + 20) ^ 1, at + 20);
    const log = await read(bytes);
    expect(measurementsIn(log)).toEqual({ a: [[1, 1]] });
    expect(log.notes).toEqual([`a record at byte ${at} is damaged: what comes after it does not count`]);
  });
});

test.each<[string, Buffer, RegExp]>([
  ['noise', noise(200), /does not begin with a record/],
  ['records of something else', recordOf(ascii('\x08\x01')), /no event file of TensorBoard/],
])('%s is damage', async (_what, bytes, message) => {
  await expect(read(bytes)).rejects.toThrow(Damage);
  await expect(read(bytes)).rejects.toThrow(message);
});

test('an event that is broken within a whole record is passed over, and counted', async () => {
  const log = await read(
    Buffer.concat([versionRecord, recordOf(ascii('\x2a\x7f')), scalarRecord('a', 1, 2)]),
  );
  expect(measurementsIn(log)).toEqual({ a: [[1, 2]] });
  expect(log.notes).toEqual(['1 event of it cannot be read']);
});

test('a negative step, and a name without end, are left out', async () => {
  const negative = Buffer.concat([ascii('\x10'), Buffer.alloc(9, 0xff), ascii('\x01')]);
  const log = await read(
    Buffer.concat([
      versionRecord,
      recordOf(negative),
      scalarRecord('x'.repeat(5000), 1, 1),
      scalarRecord('__proto__', 2, 2),
    ]),
  );
  expect(log.series.map(({ name }) => name)).toEqual(['__proto__']);
  expect(log.notes).toEqual([expect.stringMatching(/^1 metric of it is left out/)]);
});

test('training that was taken up again forgets what was measured beyond', async () => {
  const log = await read(Buffer.concat([eventsOf('a', { 10: 1, 20: 2, 30: 3 }), scalarRecord('a', 20, 9)]));
  expect(measurementsIn(log)).toEqual({
    a: [
      [10, 1],
      [20, 9],
    ],
  });
});

test('epochs of Keras count from 1, as names of its checkpoints do', async () => {
  const { steps, epochs } = await readEventFile(sourceOf(eventsOf('epoch_loss', { 0: 3, 1: 2 })), {
    isOfKeras: true,
  });
  expect(steps.log.series).toEqual([]);
  expect(epochs.log).toMatchObject({ axis: 'epoch' });
  expect(measurementsIn(epochs.log)).toEqual({
    epoch_loss: [
      [1, 3],
      [2, 2],
    ],
  });
});

test('pictures are passed over unread, and terabytes are not read at all', async () => {
  const picture = recordOf(protobufField(5, Buffer.alloc(1_000_000)));
  const bytes = Buffer.concat([versionRecord, picture, scalarRecord('a', 1, 1)]);
  const source = sourceOf(bytes);
  const { steps } = await readEventFile(source, { isOfKeras: false });
  expect(steps.log.series).toHaveLength(1);
  expect(source.bytesRead).toBeLessThan(10_000);
  const endless = positionalSource('endless', 2 ** 42, () => Promise.reject(new Error('it was read')));
  await expect(readEventFile(endless, { isOfKeras: false })).rejects.toThrow(/more than are read of it/);
});

test('a record that claims to be longer than any file is a last one that is not whole', async () => {
  const length = u64(2n ** 63n);
  const head = Buffer.alloc(4);
  head.writeUInt32LE(maskedCrc32c(length));
  const log = await read(Buffer.concat([versionRecord, length, head]));
  expect(log.notes).toEqual([expect.stringContaining('is not whole')]);
});

test('whatever is done to an event file, it is read within its bytes, or is damage', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const source = sourceOf(damageBytes(goldenBytes.subarray(0, 2000), seed));
      const result = await readEventFile(source, { isOfKeras: seed % 2 === 0 }).catch(
        (error: unknown) => error,
      );
      if (result instanceof Error) expect(result).toBeInstanceOf(Damage);
      expect(source.bytesRead).toBeLessThanOrEqual(2 * source.size + 4096);
    }),
    { seed: 1, numRuns: 400 },
  );
});

test('whatever bytes are in a record that is whole, its event is read or passed over', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
      const log = await read(
        Buffer.concat([versionRecord, recordOf(Buffer.from(bytes)), scalarRecord('z', 1, 1)]),
      );
      expect(measurementsIn(log)['z']).toEqual([[1, 1]]);
    }),
    { seed: 1, numRuns: 400 },
  );
});
