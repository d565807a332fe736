import type { ExportedVersions } from '../../shared/ipc/writing-contract.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { showExported } from '../bridge/show-written.tsx';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { finishTask } from '../tasks/finish-task.ts';
import { handlesOf } from '../versions/by-run.ts';

/** Writes verified copies of versions to a folder that the person chooses, and says so. */
export async function exportVersions(rows: readonly VersionRow[]): Promise<void> {
  const begin = () => window.cairn.request('exportVersions', { versions: handlesOf(rows) });
  const exported = await valueOrNotice(finishTask<ExportedVersions>(begin, () => undefined));
  if (!exported) return;
  const { files, to, writtenId } = exported;
  showExported(`${plural(files, 'verified copy', 'verified copies')} in ${visibleText(to)}`, writtenId);
}
