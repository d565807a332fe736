import { useCallback, useEffect, useState } from 'react';
import type { Failure, Result } from '../../shared/failure.ts';
import type { ContentsView } from '../../shared/model/contents-view.ts';

/** A version that is looked into, for as long as it is shown. */
export interface OpenedContents {
  contentsId: string;
  /** Where the file is, to show. */
  path: string;
  view: ContentsView;
  /** Whether statistics of all of it are there at once, as they were measured before. */
  measured: boolean;
}

interface Answer {
  opened: OpenedContents | null;
  failure: Failure | null;
}

const nothing: Answer = { opened: null, failure: null };

/** How a file is opened to be looked into. */
export interface ToOpen {
  /** Tells one state of a file, and one file, from another. */
  state: string;
  /** Where the file is, to show. */
  path: string;
  open: () => Promise<Result<{ contentsId: string; json: string; measured: boolean }>>;
}

/** Opens a file while it is shown, and anew when it is another, or when it is tried `again`; going elsewhere closes it. */
export function useContents({ state, path, open }: ToOpen): Answer & { again: () => void } {
  const [answer, setAnswer] = useState(nothing);
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state stands for what is opened, the turn for trying that again
  useEffect(() => {
    let wanted = true;
    let contentsId: string | null = null;
    const close = () => {
      if (contentsId !== null) void window.cairn.request('closeContents', { contentsId });
    };
    setAnswer(nothing);
    void open().then((result) => {
      if (result.ok) contentsId = result.value.contentsId;
      if (!wanted) close();
      else setAnswer(toAnswer(path, result));
    });
    return () => {
      wanted = false;
      close();
    };
  }, [state, turn]);
  return { ...answer, again };
}

function toAnswer(path: string, result: Awaited<ReturnType<ToOpen['open']>>): Answer {
  if (!result.ok) return { opened: null, failure: result.failure };
  const { contentsId, json, measured } = result.value;
  const view = JSON.parse(json) as ContentsView;
  return { opened: { contentsId, path, view, measured }, failure: null };
}
