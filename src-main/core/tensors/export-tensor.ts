import { resolve } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, UsageError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { assertNameFree, writeNewFile } from '../files/write-new-file.ts';
import type { Tensor } from '../formats/contents.ts';
import type { ElementReading } from './element-blocks.ts';
import { MemberChecks } from './member-checks.ts';
import { whileSound } from './while-sound.ts';
import { whyNotExported } from './why-not-exported.ts';
import { formatNpy } from './write-array.ts';
import { formatCsvRows } from './write-csv.ts';

/**
 * Writes the elements of a tensor to a new file, `.npy` or `.csv` by the ending of its name; never over one that is there.
 * @param mode that of the new file
 * @throws UsageError when the name is taken or has another ending, ModelManagerError when the elements cannot be read in
 * their order or are known to be damaged, the signal's reason, and what reading and writing throw; nothing is left behind then
 */
export async function exportTensor(
  disk: Disk,
  tensor: Tensor,
  path: string,
  reading?: ElementReading,
  mode?: number,
): Promise<{ path: string; bytes: number; checksum: string }> {
  const target = resolve(path);
  const format = formatOf(target);
  await assertNameFree(disk, target);
  const checks = new MemberChecks();
  const chunks = format(tensor, { ...reading, checks });
  if (!chunks) {
    const what = `cannot export ${escapeName(tensor.name)}`;
    throw new ModelManagerError(
      `${what} — ${whyNotExported(tensor)} — load it in Python, or export another one`,
    );
  }
  const whole = whileSound(chunks, checks, target, reading?.signal);
  const { size, checksum } = await writeNewFile(disk, target, whole, mode);
  return { path: target, bytes: size, checksum };
}

function formatOf(target: string) {
  if (target.endsWith('.npy')) return formatNpy;
  if (target.endsWith('.csv')) return formatCsvRows;
  throw new UsageError(
    `cannot export to ${escapeName(target)} — its ending is neither .npy nor .csv — name it by what it shall be`,
    { path: target },
  );
}
