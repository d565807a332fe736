import { notifications } from '@mantine/notifications';
import { showFailure, valueOrNotice } from '../bridge/show-failure.ts';
import { plural, versionsAre } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import type { RunStore } from '../versions/run-store.ts';

/** Writes all that is shown, in its order and its columns, to a file that the person chooses; says so when it is there. */
export async function exportShown(
  { runId, snapshot }: RunStore,
  columns: readonly string[],
  format: 'csv' | 'json',
): Promise<void> {
  const versions = Array.from(snapshot().list.shownRows(), ({ handle }) => handle);
  const request = { runId, versions, columns: [...columns], format };
  const begun = await valueOrNotice(window.cairn.request('exportList', request));
  if (!begun?.taskId) return;
  const { taskId } = begun;
  const id = notifications.show({
    loading: true,
    autoClose: false,
    withCloseButton: false,
    message: `Writing ${plural(versions.length, 'version')}…`,
  });
  const end = await window.cairn.request('awaitWork', { taskId });
  notifications.hide(id);
  if (!end.ok) showFailure(end.failure);
  else if (end.value.json !== null) {
    const { label } = JSON.parse(end.value.json) as { label: string };
    notifications.show({ message: `${versionsAre(versions.length)} in ${visibleText(label)}` });
  }
}
