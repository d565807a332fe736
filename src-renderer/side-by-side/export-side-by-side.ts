import { notifications } from '@mantine/notifications';
import type { Requests } from '../../shared/ipc/contract.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { showWritten } from '../bridge/show-written.tsx';
import { plural } from '../format/plural.ts';

/** What stands side by side, as main is told of it. */
export type ShownSideBySide = Requests['copySideBySide']['input'];

export async function copyAsMarkdown(shown: ShownSideBySide): Promise<void> {
  const copied = await valueOrNotice(window.cairn.request('copySideBySide', shown));
  if (copied)
    notifications.show({ message: `${plural(shown.versions.length, 'version')} copied as Markdown` });
}

/** Writes it to a file; where to is asked by the system. */
export async function exportSideBySide(shown: ShownSideBySide, format: 'csv' | 'md'): Promise<void> {
  showWritten(await valueOrNotice(window.cairn.request('exportSideBySide', { ...shown, format })));
}
