import { notifications } from '@mantine/notifications';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { visibleText } from '../format/visible-text.ts';

/** Saves what verifying these runs has found, where the person wants it. */
export async function saveReport(runIds: string[], format: 'html' | 'json'): Promise<void> {
  const answer = await valueOrNotice(window.cairn.request('saveReport', { runIds, format }));
  if (answer?.saved) notifications.show({ message: `The report is in ${visibleText(answer.saved)}` });
}
