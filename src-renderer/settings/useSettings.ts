import { useCallback, useEffect, useState } from 'react';
import type { Requests } from '../../shared/ipc/contract.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';

type KnownSettings = Requests['getSettings']['output'];

/** What is chosen of the app, read anew after each change; null until it has come. */
export function useSettings(): { known: KnownSettings | null; read: () => Promise<void> } {
  const [known, setKnown] = useState<KnownSettings | null>(null);
  const read = useCallback(async () => {
    const answer = await valueOrNotice(window.cairn.request('getSettings', {}));
    if (answer) setKnown(answer);
  }, []);
  useEffect(() => void read(), [read]);
  return { known, read };
}
