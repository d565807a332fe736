import { useCallback, useEffect, useState } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';

const shownFor = 1500;

/** Copies the checksum of a version through the main process; `copied` names it for a moment afterwards. */
export function useCopyChecksum(): { copied: number | null; copy: (row: VersionRow) => void } {
  const [copied, setCopied] = useState<number | null>(null);
  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => setCopied(null), shownFor);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = useCallback(async ({ runId, handle: version }: VersionRow) => {
    if (await valueOrNotice(window.cairn.request('copyChecksum', { runId, version }))) setCopied(version);
  }, []);
  return { copied, copy: (row) => void copy(row) };
}
