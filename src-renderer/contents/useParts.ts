import { useEffect, useRef, useState } from 'react';
import type { Task } from '../../shared/model/task.ts';

interface Known<T> {
  taskId: string | null;
  parts: readonly T[];
}

/** Parts of what work comes to, as it finds them; they stay when it ends, until other work is told of. */
export function useParts<T>(task: Task | null): readonly T[] {
  const [known, setKnown] = useState<Known<T>>({ taskId: null, parts: [] });
  const asking = useRef(false);
  useEffect(() => {
    if (!task || asking.current) return;
    const { taskId } = task;
    const parts = known.taskId === taskId ? known.parts : [];
    asking.current = true;
    void window.cairn.request('readParts', { taskId, from: parts.length }).then((answer) => {
      asking.current = false;
      const more = answer.ok ? (JSON.parse(answer.value.json) as T[]) : [];
      // Once there are no more it is asked again with the next word on how far the work is.
      if (more.length > 0) setKnown({ taskId, parts: [...parts, ...more] });
    });
  }, [task, known]);
  return known.parts;
}
