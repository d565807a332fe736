import { plural } from '../../core/formats/plain-text.ts';
import { readBare, settleBadges } from '../../core/integrity/settle-badges.ts';
import type { RunReader } from '../../core/run-reader.ts';

/** More files without a sidecar, or with companions, than this are not opened for a list alone. */
const mostBare = 500;

/** The badges that a command shows are to say what `best` and `latest` say; where that takes too much reading, it is told. */
export async function badgeAsChosen(manager: RunReader): Promise<void> {
  await askAccompanied(manager);
  tellUnopened(await settleBadges(manager, mostBare));
}

/** The badges are to say what is on record: no file is opened but those of which nothing else tells when they were saved, how good they are, and whether what goes with them fits. */
export async function badgeAsRecorded(manager: RunReader): Promise<void> {
  await askAccompanied(manager);
  tellUnopened(await readBare(manager, mostBare));
}

/** In what companions contradict their models is told beside a sidecar too. */
async function askAccompanied(manager: RunReader): Promise<void> {
  const unasked = manager.unaskedIds();
  if (unasked.length <= mostBare) await manager.readOwnRecords(unasked);
}

function tellUnopened(count: number): void {
  if (count === 0) return;
  const files = plural(count, 'file without a sidecar was', 'files without a sidecar were');
  process.stderr.write(`${files} not opened: cairn ls --check reads what they say of themselves\n`);
}
