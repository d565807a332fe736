import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

/** A component whose code is read when it is first shown, unless it was read before. */
export interface OnDemand<Props> {
  (props: Props): ReactNode;
  read: () => Promise<void>;
}

/**
 * Shows nothing until the code is there, and the component at once where it is. What `lazy` shows, React holds back until 300 ms after
 * `Suspense` showed something else in its place, even where the code was read long before.
 */
export function onDemand<Props extends object>(load: () => Promise<ComponentType<Props>>): OnDemand<Props> {
  let known: ComponentType<Props> | null = null;
  const read = async () => {
    known ??= await load();
  };
  // biome-ignore lint/correctness/noComponentHookFactories: each is made once, as its module is read
  function Demanded(props: Props) {
    const [, setState] = useState<'read' | null>(null);
    const Known = known;
    const isThere = Known !== null;
    useEffect(() => {
      if (isThere) return;
      read().then(
        () => setState('read'),
        (error) => setState(() => fail(error)),
      );
    }, [isThere]);
    return Known && <Known {...props} />;
  }
  return Object.assign(Demanded, { read });
}

/** In the component that lacks its code, so that it is told as whatever else goes wrong in one. */
function fail(error: unknown): never {
  throw error;
}
