import { useEffect, useMemo, useState } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { parseDetails, type VersionDetails } from '../details/version-details.ts';
import type { ComparedVersion } from './comparison.ts';

type Known = ReadonlyMap<VersionRow, VersionDetails>;

/** These versions with all that is known of each, asked for again whenever its row changes; null until it has come. */
export function useComparedVersions(runId: string, rows: readonly VersionRow[]): ComparedVersion[] {
  const [known, setKnown] = useState<Known>(new Map());
  useEffect(() => {
    let wanted = true;
    const ask = async (row: VersionRow): Promise<void> => {
      const answer = await valueOrNotice(window.cairn.request('showVersion', { runId, version: row.handle }));
      if (!wanted || !answer) return;
      const details = parseDetails(answer.json);
      setKnown((before) => new Map(before).set(row, details));
    };
    setKnown((before) => keepOnly(before, rows));
    for (const row of rows) void ask(row);
    return () => {
      wanted = false;
    };
  }, [runId, rows]);
  return useMemo(() => rows.map((row) => ({ row, details: known.get(row) ?? null })), [rows, known]);
}

function keepOnly(known: Known, rows: readonly VersionRow[]): Known {
  const wanted = new Set(rows);
  return new Map([...known].filter(([row]) => wanted.has(row)));
}
