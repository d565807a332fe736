import { notifications } from '@mantine/notifications';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { nameVersions } from '../format/format-version.ts';
import { handlesOf } from '../versions/by-run.ts';

const shortly = 2000;

/** The values of columns to the clipboard, led by the columns' names unless it is one value alone. */
export async function copyCells(
  rows: readonly VersionRow[],
  columns: readonly string[],
  heads = true,
): Promise<void> {
  const request = { versions: handlesOf(rows), columns: [...columns], heads };
  const copied = await valueOrNotice(window.cairn.request('copyCells', request));
  if (copied) tellCopied(heads ? `${nameVersions(rows)} copied as a table` : 'Cell copied');
}

export async function copyChecksum(row: VersionRow): Promise<void> {
  const request = { runId: row.runId, version: row.handle };
  const copied = await valueOrNotice(window.cairn.request('copyChecksum', request));
  if (copied) tellCopied(`Checksum of ${nameVersions([row])} copied`);
}

/** Where files are, or Python that loads one, to the clipboard; no path comes into the window. */
export async function copyPlaces(rows: readonly VersionRow[], form: 'plain' | 'python'): Promise<void> {
  const request = { versions: handlesOf(rows), form };
  const copied = await valueOrNotice(window.cairn.request('copyPlaces', request));
  if (!copied) return;
  const what = rows.length === 1 ? 'Path' : 'Paths';
  tellCopied(
    form === 'plain' ? `${what} of ${nameVersions(rows)} copied` : `Python for ${nameVersions(rows)} copied`,
  );
}

/** Says for a moment what is on the clipboard. */
export function tellCopied(message: string): void {
  notifications.show({ message, autoClose: shortly, withCloseButton: false });
}
