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
  return useSessionPart((state) => state);
}

/** A part of the state: what asks for it is drawn anew when that is another, not with each step of each task. @param part gives the same as long as nothing of it changed */
export function useSessionPart<T>(part: (state: SessionState) => T): T {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, () => part(session.snapshot()));
}

export function useVersions(store: VersionsStore): VersionsSnapshot {
  return useSyncExternalStore(store.subscribe, store.snapshot);
}
