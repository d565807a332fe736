import { plural } from '../../core/formats/plain-text.ts';
import { settleBadges } from '../../core/integrity/settle-badges.ts';
import type { RunReader } from '../../core/run-reader.ts';

/** More files without a sidecar than this are not opened for badges alone. */
const mostBare = 500;

/** The badges that a command shows are to say what `best` and `latest` say; where that takes too much reading, it is told. */
export async function badgeAsChosen(manager: RunReader): Promise<void> {
  const unopened = await settleBadges(manager, mostBare);
  if (unopened === 0) return;
  const files = plural(unopened, 'file without a sidecar was', 'files without a sidecar were');
  process.stderr.write(`${files} not opened: cairn ls --check reads what they say of themselves\n`);
}
