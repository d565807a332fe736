import { useCallback, useEffect, useState } from 'react';
import { valueOrNotice } from '../bridge/show-failure.ts';

const shownFor = 1500;

/** Copies the checksum of a version through the main process; `copied` names it for a moment afterwards. */
export function useCopyChecksum(runId: string): { copied: number | null; copy: (version: number) => void } {
  const [copied, setCopied] = useState<number | null>(null);
  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => setCopied(null), shownFor);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = useCallback(
    async (version: number) => {
      if (await valueOrNotice(window.cairn.request('copyChecksum', { runId, version }))) setCopied(version);
    },
    [runId],
  );
  return { copied, copy: (version) => void copy(version) };
}
