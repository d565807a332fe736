import { notifications } from '@mantine/notifications';
import type { Written } from '../../shared/ipc/handles.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { showExported } from '../bridge/show-written.tsx';
import { staying } from '../bridge/staying.ts';
import { versionsAre } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { finishTask } from '../tasks/finish-task.ts';
import type { VersionsStore } from '../versions/versions-store.ts';
import { WritingList } from './WritingList.tsx';

/** Writes all that is shown, in its order and its columns, to a file that the person chooses; says so when it is there. */
export async function exportShown(
  { snapshot }: VersionsStore,
  columns: readonly string[],
  format: 'csv' | 'json',
): Promise<void> {
  const versions = Array.from(snapshot().list.shownRows(), ({ handle }) => handle);
  const request = { versions, columns: [...columns], format };
  let id = '';
  const end = finishTask<Written>(
    () => window.cairn.request('exportList', request),
    (taskId) => {
      id = notifications.show({
        loading: true,
        ...staying,
        withCloseButton: false,
        message: <WritingList taskId={taskId} count={versions.length} />,
      });
    },
  );
  const written = await valueOrNotice(end);
  notifications.hide(id);
  if (written)
    showExported(`${versionsAre(versions.length)} in ${visibleText(written.label)}`, written.writtenId);
}
