import type { VersionsStore } from './versions-store.ts';

/** Until its versions are there, or cannot be read. */
export function whenRead(store: VersionsStore): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (store.snapshot().loading) return;
      leave();
      resolve();
    };
    const leave = store.subscribe(look);
    look();
  });
}
