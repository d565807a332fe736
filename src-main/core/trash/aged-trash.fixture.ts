import { put } from '../files/temporary-folder.fixture.ts';
import { ownFolder } from '../operations/operation.ts';
import { agesFile } from './trash-ages.ts';

/** Makes operations of a run's trash so old, in milliseconds by id, as if the machine had run on since. */
export function letAge(root: string, ages: ReadonlyMap<string, number>): void {
  const counted = Math.max(0, ...ages.values());
  const since = Object.fromEntries([...ages].map(([id, age]) => [id, counted - age]));
  put(root, `${ownFolder}/${agesFile}`, JSON.stringify({ counted, last: { place: '', at: 0 }, since }));
}
