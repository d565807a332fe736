import { useEffect, useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import type { ContentsView } from '../../shared/model/contents-view.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';

/** A version that is looked into, for as long as it is shown. */
export interface OpenedContents {
  contentsId: string;
  view: ContentsView;
}

interface Answer {
  opened: OpenedContents | null;
  failure: Failure | null;
}

const nothing: Answer = { opened: null, failure: null };

/** Opens a version's file while it is shown, and anew when the file is another; going elsewhere closes it. */
export function useContents(runId: string, row: VersionRow): Answer {
  const [answer, setAnswer] = useState(nothing);
  const { handle, file_size_bytes: size, checksum } = row;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another size or checksum is another file
  useEffect(() => {
    let wanted = true;
    let contentsId: string | null = null;
    const close = () => {
      if (contentsId !== null) void window.cairn.request('closeContents', { contentsId });
    };
    setAnswer(nothing);
    void window.cairn.request('openContents', { runId, version: handle }).then((result) => {
      if (result.ok) contentsId = result.value.contentsId;
      if (!wanted) close();
      else setAnswer(toAnswer(result));
    });
    return () => {
      wanted = false;
      close();
    };
  }, [runId, handle, size, checksum]);
  return answer;
}

function toAnswer(
  result: { ok: true; value: { contentsId: string; json: string } } | { ok: false; failure: Failure },
): Answer {
  if (!result.ok) return { opened: null, failure: result.failure };
  const { contentsId, json } = result.value;
  return { opened: { contentsId, view: JSON.parse(json) as ContentsView }, failure: null };
}
