import { notifications } from '@mantine/notifications';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { nameVersions } from '../format/format-version.ts';

const shortly = 2000;

/** The values of columns to the clipboard, led by the columns' names unless it is one value alone. */
export async function copyCells(
  runId: string,
  rows: readonly VersionRow[],
  columns: readonly string[],
  heads = true,
): Promise<void> {
  const request = { runId, versions: handlesOf(rows), columns: [...columns], heads };
  const copied = await valueOrNotice(window.cairn.request('copyCells', request));
  if (copied) tell(heads ? `${nameVersions(rows)} copied as a table` : 'Cell copied');
}

export async function copyChecksum(runId: string, row: VersionRow): Promise<void> {
  const copied = await valueOrNotice(window.cairn.request('copyChecksum', { runId, version: row.handle }));
  if (copied) tell(`Checksum of ${nameVersions([row])} copied`);
}

/** Where files are, or Python that loads one, to the clipboard; no path comes into the window. */
export async function copyPlaces(
  runId: string,
  rows: readonly VersionRow[],
  form: 'plain' | 'python',
): Promise<void> {
  const request = { runId, versions: handlesOf(rows), form };
  const copied = await valueOrNotice(window.cairn.request('copyPlaces', request));
  if (!copied) return;
  const what = rows.length === 1 ? 'Path' : 'Paths';
  tell(
    form === 'plain' ? `${what} of ${nameVersions(rows)} copied` : `Python for ${nameVersions(rows)} copied`,
  );
}

function handlesOf(rows: readonly VersionRow[]): number[] {
  return rows.map(({ handle }) => handle);
}

function tell(message: string): void {
  notifications.show({ message, autoClose: shortly, withCloseButton: false });
}
