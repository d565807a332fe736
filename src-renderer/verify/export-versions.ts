import { notifications } from '@mantine/notifications';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { finishTask } from '../tasks/finish-task.ts';
import { handlesOf } from '../versions/by-run.ts';

/** Writes verified copies of versions to a folder that the person chooses, and says so. */
export async function exportVersions(rows: readonly VersionRow[]): Promise<void> {
  const begin = () => window.cairn.request('exportVersions', { versions: handlesOf(rows) });
  const exported = await valueOrNotice(finishTask<{ files: number; to: string }>(begin, () => undefined));
  if (exported)
    notifications.show({
      message: `${plural(exported.files, 'verified copy', 'verified copies')} in ${visibleText(exported.to)}`,
    });
}
