import { valueOrNotice } from '../bridge/show-failure.ts';
import { showExported } from '../bridge/show-written.tsx';
import { visibleText } from '../format/visible-text.ts';

/** Saves what verifying these runs has found, where the person wants it. */
export async function saveReport(runIds: string[], format: 'html' | 'json'): Promise<void> {
  const answer = await valueOrNotice(window.cairn.request('saveReport', { runIds, format }));
  if (!answer?.written) return;
  const { label, writtenId } = answer.written;
  showExported(`The report is in ${visibleText(label)}`, writtenId);
}
