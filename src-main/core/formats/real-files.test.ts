import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFileSource } from './source.ts';
import { checkStructure } from './structure.ts';
import { openMemberChecksums } from './zip/member-checksums.ts';

/** What PyTorch said of a file when it was made: whether it opens it, and whether its bytes are as recorded. */
interface Verdict {
  loads: boolean;
  record: 'matches' | 'differs' | 'none';
}

const project = join(import.meta.dirname, '../../..');
const collections = [
  { files: join(project, 'build/sample-run/run'), verdicts: join(project, 'build/sample-run/expected.json') },
  { files: join(project, 'e2e/fixtures'), verdicts: join(project, 'e2e/fixtures/expected.json') },
];

const cases = collections
  .filter(({ verdicts }) => existsSync(verdicts))
  .flatMap(({ files, verdicts }) =>
    Object.entries<Verdict>(JSON.parse(readFileSync(verdicts, 'utf8'))).map(([path, verdict]) => ({
      path: join(files, path),
      name: path,
      ...verdict,
    })),
  );

describe.runIf(cases.length > 0)('files that PyTorch wrote', () => {
  test.each(cases)('$name is whole if and only if PyTorch opens it', async ({ path, loads }) => {
    const source = await openFileSource(path);
    const { state, detail } = await checkStructure(source);
    await source.close();
    expect({ state, detail }).toEqual(
      loads ? { state: 'whole', detail: null } : { state: 'torn', detail: expect.any(String) },
    );
  });

  test.each(cases.filter(({ loads }) => loads))(
    '$name: its members match unless bits rotted',
    async ({ path, record }) => {
      const source = await openFileSource(path);
      const checksums = await openMemberChecksums(source);
      await checksums?.update(await source.read(0, source.size), 0);
      await source.close();
      const finding = (await checksums?.finish()) ?? null;
      expect(finding).toEqual(record === 'differs' ? expect.stringContaining('CRC-32 is') : null);
    },
  );
});
