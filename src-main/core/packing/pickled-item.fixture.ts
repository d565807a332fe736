import { writeFileSync } from 'node:fs';
import { writeZip } from '../formats/fixtures/write-zip.ts';
import { PickleWriter } from './pickle-writer.ts';
import { tensorOf } from './torch-value.ts';

/** Of two rows and three columns. */
export const weight = Float32Array.from({ length: 6 }, (_, index) => index / 3);

/** The instruction that makes a text of up to 255 characters. */
export const text = (value: string) => `X${String.fromCharCode(value.length)}\0\0\0${value}`;

/** A checkpoint of a weight, with an item more, of which these are the instructions. */
export function writeWith(path: string, ...item: readonly string[]): void {
  const { pickle } = PickleWriter.pickle({ weight: tensorOf(weight) });
  const more = Buffer.from(item.join(''), 'latin1');
  const data = Buffer.concat([pickle.subarray(0, -2), more, pickle.subarray(-2)]);
  const member = (name: string, bytes: Buffer) => ({ name: `a/${name}`, data: bytes });
  writeFileSync(
    path,
    writeZip([
      member('data.pkl', data),
      member('data/0', Buffer.from(weight.buffer)),
      member('version', Buffer.from('3')),
    ]),
  );
}
