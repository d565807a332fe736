import { createContext, use, useSyncExternalStore } from 'react';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';
import type { Session } from './session.ts';
import type { SessionState } from './session-state.ts';

export const SessionContext = createContext<Session | null>(null);

/** The actions; it never changes while the window lives. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession needs a SessionContext above it');
  return session;
}

export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.snapshot);
}

export function useVersions(store: VersionsStore): VersionsSnapshot {
  return useSyncExternalStore(store.subscribe, store.snapshot);
}
