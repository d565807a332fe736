import { expect, test } from 'vitest';
import { noise, seededRandom } from '../fixtures/bytes.ts';
import { safetensorsOf } from '../fixtures/write-others.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource } from '../source.ts';

const words = [
  'model',
  'layers',
  'encoder',
  'attention',
  'mlp',
  'c_attn',
  'weight',
  'bias',
  'in_proj',
  'P',
  'B',
];

test('a sound file is tensors alone, though its first bytes, the length of its header, may be instructions of a pickle', async () => {
  const random = seededRandom(3);
  const word = () => words[random(words.length)] ?? '';
  const wrong: string[] = [];
  for (let seed = 0; seed < 2000; seed += 1) {
    const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
    let end = 0;
    for (let left = 1 + random(12); left > 0; left -= 1) {
      const size = 4 * (1 + random(200));
      const name = [word(), random(40), word(), left, word()].join('.');
      header[name] = { dtype: 'F32', shape: [size / 4], data_offsets: [end, end + size] };
      end += size;
    }
    const text = JSON.stringify(header);
    // As its writers pad it.
    const padded = text.padEnd(8 * Math.ceil(text.length / 8));
    const bytes = safetensorsOf(padded, noise(end, seed));
    const { trust, unread } = await readContents(bufferSource('model.safetensors', bytes));
    if (trust !== 'tensors-only') wrong.push(`${padded.length} ${unread}`);
  }
  expect(wrong).toEqual([]);
});
