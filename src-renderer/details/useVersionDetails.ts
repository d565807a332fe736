import { useEffect, useState } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { parseDetails, type VersionDetails } from './version-details.ts';

/** All that is known of a version, asked for again whenever its row changes; null until it has come. */
export function useVersionDetails(runId: string, row: VersionRow): VersionDetails | null {
  const [known, setKnown] = useState<{ handle: number; details: VersionDetails } | null>(null);
  useEffect(() => {
    let wanted = true;
    const ask = async () => {
      const asked = { runId, version: row.handle, whole: false };
      const answer = await valueOrNotice(window.cairn.request('showVersion', asked), () => wanted);
      if (answer) setKnown({ handle: row.handle, details: parseDetails(answer.json) });
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [runId, row]);
  return known?.handle === row.handle ? known.details : null;
}
