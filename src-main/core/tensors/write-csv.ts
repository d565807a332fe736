import type { Tensor } from '../formats/contents.ts';
import { type ElementReading, elementBlocks, type Walk, walkRows } from './element-blocks.ts';
import { type ElementValue, listValues } from './list-values.ts';

/**
 * A tensor as comma-separated numbers: a line for each row of the last dimension, every digit, and the words of numpy for
 * what is not finite. Null where its elements cannot be read.
 */
export function formatCsvRows(tensor: Tensor, reading?: ElementReading): AsyncGenerator<Uint8Array> | null {
  const walk = walkRows(tensor);
  return walk && csvChunks(walk, reading);
}

async function* csvChunks(walk: Walk, reading?: ElementReading): AsyncGenerator<Uint8Array> {
  const { tensor, dtype, type } = walk;
  const width = Math.max(1, tensor.shape.at(-1) ?? 1);
  let done = 0;
  for await (const bytes of elementBlocks(walk, reading)) {
    let text = '';
    for (const value of listValues(bytes, dtype, type)) {
      done += 1;
      text += `${formatCell(value)}${done % width === 0 ? '\n' : ','}`;
    }
    yield Buffer.from(text);
  }
}

function formatCell(value: ElementValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return formatNumber(value);
  const [real, imaginary] = value;
  const sign = imaginary < 0 || Object.is(imaginary, -0) ? '-' : '+';
  return `${formatNumber(real)}${sign}${formatNumber(Math.abs(imaginary))}j`;
}

function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}
