import type { Version } from '../../../shared/model/version.ts';
import type { Outcome, Writing } from '../operations/write-run.ts';
import { addSeals, type Seal } from './add-seals.ts';
import type { Verification } from './verification.ts';

/** What sealing asks of the run. */
export interface SealSubject {
  look(): Promise<void>;
  versions(): Version[];
  verify(ids: readonly string[], onResult: (result: Verification) => void): Promise<void>;
}

/** Puts the checksum of every whole file on record that has none. @returns what was added */
export async function sealRun(run: SealSubject, { disk, root }: Writing): Promise<Outcome<Seal[]>> {
  await run.look();
  const seals = await findSeals(run);
  await addSeals(disk, root, seals);
  await run.look();
  return { ids: seals.map(({ id }) => id), value: seals };
}

async function findSeals(run: SealSubject): Promise<Seal[]> {
  const unsealed = run
    .versions()
    .filter(({ checksum, integrity }) => checksum === null && integrity.state !== 'writing');
  const seals: Seal[] = [];
  await run.verify(
    unsealed.map(({ id }) => id),
    ({ id, integrity: { state, actual } }) => {
      if (state === 'unsealed' && actual !== null) seals.push({ id, checksum: actual });
    },
  );
  return seals.sort((a, b) => (a.id < b.id ? -1 : 1));
}
