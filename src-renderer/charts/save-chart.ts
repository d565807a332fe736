import type { Requests } from '../../shared/ipc/contract.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { showWritten } from '../bridge/show-written.tsx';
import { type DrawnPicture, exportPicture } from '../plot/export-picture.ts';

type SavedChart = Requests['saveChart']['input'];

/** Writes a chart as it is drawn to a file; where to is asked by the system. */
export async function saveChart(
  chart: Pick<SavedChart, 'runId' | 'chart' | 'kind'>,
  drawn: DrawnPicture,
): Promise<void> {
  const request = { ...chart, drawn: exportPicture(drawn, chart.kind) };
  showWritten(await valueOrNotice(window.cairn.request('saveChart', request)));
}
