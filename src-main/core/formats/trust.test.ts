import { expect, test } from 'vitest';
import { seededRandom } from './fixtures/bytes.ts';
import { damageStructure } from './fixtures/damage-structure.ts';
import { goodFiles, hostileCorpus } from './fixtures/hostile-corpus.ts';
import { codeThatLoads } from './fixtures/what-is-loaded.ts';
import { readContents } from './read-contents.ts';
import { bufferSource } from './source.ts';

const fewest = { tried: 4000, withCode: 1000 };
const longest = 3000;

/** Of the corpus a file of each kind and carrier, and the good ones. */
const carriers = [
  ...[...goodFiles].map(([fileName, bytes]) => ({ fileName, bytes })),
  ...hostileCorpus.filter(({ attack }) => /code in|hidden|blinded|twins/.test(attack)),
].flatMap(({ fileName, bytes }, index) => (index % 3 === 0 || index > 260 ? [{ fileName, bytes }] : []));

test('nothing is said to be tensors alone that imports anything else, however it is damaged', async () => {
  const files = carriers
    .map(({ fileName, bytes }) => ({ fileName, bytes: bytes() }))
    .filter(({ bytes }) => bytes.length <= longest);
  const random = seededRandom(7);
  const wrong: string[] = [];
  let withCode = 0;
  for (let seed = 0; seed < fewest.tried; seed += 1) {
    const { fileName, bytes } = files[random(files.length)] ?? { fileName: '', bytes: Buffer.alloc(0) };
    const damaged = damageStructure(bytes, seed);
    const [name] = codeThatLoads(damaged);
    if (name === undefined) continue;
    withCode += 1;
    const { trust } = await readContents(bufferSource(fileName, damaged));
    if (trust === 'tensors-only')
      wrong.push(`${fileName}, seed ${seed}: ${name}; ${damaged.toString('base64')}`);
  }
  expect(wrong).toEqual([]);
  expect(withCode).toBeGreaterThan(fewest.withCode);
});

test('control: the judge names what a pickle imports, and nothing of a map of msgpack that begins as an extension does', () => {
  expect(codeThatLoads(Buffer.from('cos\nsystem\n.'))).toEqual(['os.system']);
  expect(codeThatLoads(Buffer.from('\x82\xa4cLP\n\n\n\n', 'latin1'))).toEqual([]);
});
