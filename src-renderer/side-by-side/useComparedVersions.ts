import { useEffect, useMemo, useRef, useState } from 'react';
import type { ComparedVersion } from '../../shared/comparison/compare-versions.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { parseDetails } from '../details/version-details.ts';

type VersionRecord = ComparedVersion['record'];
/** What was read last of a version, by its handle, and the row as it was then. */
type Known = ReadonlyMap<number, { row: VersionRow; record: VersionRecord }>;

/**
 * These versions with all that is known of each. A record is read when its version comes and whenever its row changes; until then it is the
 * one before, or null.
 */
export function useComparedVersions(rows: readonly VersionRow[]): ComparedVersion[] {
  const [known, setKnown] = useState<Known>(new Map());
  const latest = useRef(known);
  useEffect(() => {
    let wanted = true;
    const unread = rows.filter((row) => latest.current.get(row.handle)?.row !== row);
    const read = async () => {
      const found = await Promise.all(unread.map(async (row) => ({ row, record: await readRecord(row) })));
      if (!wanted) return;
      const all = new Map([...latest.current, ...found.map((each) => [each.row.handle, each] as const)]);
      latest.current = new Map(rows.flatMap(({ handle }) => withKey(handle, all.get(handle))));
      setKnown(latest.current);
    };
    void read();
    return () => {
      wanted = false;
    };
  }, [rows]);
  return useMemo(
    () => rows.map((row) => ({ row, record: known.get(row.handle)?.record ?? null })),
    [rows, known],
  );
}

function withKey<T>(key: number, value: T | undefined): [number, T][] {
  return value === undefined ? [] : [[key, value]];
}

async function readRecord({ runId, handle }: VersionRow): Promise<VersionRecord> {
  const answer = await valueOrNotice(
    window.cairn.request('showVersion', { runId, version: handle, whole: true }),
  );
  if (!answer) return null;
  const details = parseDetails(answer.json);
  const [notes, training_state, sidecar, hydra] = ['notes', 'training_state', 'sidecar', 'hydra'].map((key) =>
    details.get(key),
  );
  return { notes, training_state, sidecar, hydra };
}
