import { plural } from '../../core/formats/plain-text.ts';
import { readBare, settleBadges } from '../../core/integrity/settle-badges.ts';
import type { RunReader } from '../../core/run-reader.ts';

/** More files than this, without a sidecar or with companions, are not opened for a list alone. */
const mostOpened = 500;

/** The badges that a command shows are to say what `best` and `latest` say; where that takes too much reading, it is told. */
async function badgeAsChosen(manager: RunReader): Promise<void> {
  tellUnopened(await settleBadges(manager, mostOpened));
  await askAccompanied(manager);
}

/** Reads what is shown of one version, so that it is the same by whichever command: its file, and the badges. */
export async function readShown(manager: RunReader, id: string): Promise<void> {
  await manager.readOwnRecords([id]);
  await manager.readSteps([id]);
  await badgeAsChosen(manager);
}

/** The badges are to say what is on record: no file is opened but those of which nothing else tells when they were saved, how good they are, and whether what goes with them fits. */
export async function badgeAsRecorded(manager: RunReader): Promise<void> {
  tellUnopened(await readBare(manager, mostOpened));
  await askAccompanied(manager);
}

/** In what companions contradict their models is told beside a sidecar too; where there is none it has been asked by then. */
async function askAccompanied(manager: RunReader): Promise<void> {
  const bare = new Set(manager.bareIds());
  const accompanied = manager.unaskedIds().filter((id) => !bare.has(id));
  if (accompanied.length <= mostOpened) return manager.readOwnRecords(accompanied);
  const models = plural(accompanied.length, 'model with companions was', 'models with companions were');
  process.stderr.write(`${models} not opened: cairn ls --check tells whether these fit\n`);
}

/** For a list that is chosen or ordered by training steps: of those that stand in files alone no more are read than others for a list. */
export async function readStepsAsked(manager: RunReader): Promise<void> {
  const ids = manager.steplessIds();
  if (ids.length <= mostOpened) return manager.readSteps(ids);
  const files = plural(ids.length, 'file was', 'files were');
  process.stderr.write(
    `${files} not opened for the step that the sidecar lacks: cairn ls --check reads it\n`,
  );
}

function tellUnopened(count: number): void {
  if (count === 0) return;
  const files = plural(count, 'file without a sidecar was', 'files without a sidecar were');
  process.stderr.write(`${files} not opened: cairn ls --check reads what they say of themselves\n`);
}
