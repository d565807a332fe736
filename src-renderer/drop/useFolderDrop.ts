import { useEffect, useEffectEvent, useState } from 'react';
import { isOwnDrag } from './own-drag.ts';

/** True while files are dragged over the window; what is dropped goes to `onDrop`, and never replaces the page. */
export function useFolderDrop(onDrop: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const take = useEffectEvent(onDrop);
  useEffect(() => {
    const stop = new AbortController();
    const listen = (name: 'dragover' | 'dragleave' | 'drop', handler: (event: DragEvent) => void) =>
      window.addEventListener(name, handler, { signal: stop.signal });
    listen('dragover', (event) => {
      if (!isDroppable(event)) return;
      event.preventDefault();
      setOver(true);
    });
    listen('dragleave', (event) => {
      if (event.relatedTarget === null) setOver(false);
    });
    listen('drop', (event) => {
      if (!isDroppable(event)) return;
      event.preventDefault();
      setOver(false);
      take([...(event.dataTransfer?.files ?? [])]);
    });
    return () => stop.abort();
  }, []);
  return over;
}

/** Files from elsewhere. */
export function isDroppable({ dataTransfer }: Pick<DragEvent, 'dataTransfer'>): boolean {
  return !isOwnDrag() && (dataTransfer?.types.includes('Files') ?? false);
}
