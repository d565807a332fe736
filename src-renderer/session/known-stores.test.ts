import { afterEach, expect, test, vi } from 'vitest';
import type { Bridge } from '../../shared/ipc/bridge.ts';

afterEach(() => vi.unstubAllGlobals());

test('versions of a run are read once somebody looks at it, and not for who can do without', async () => {
  const nothing = { getItem: () => null, setItem: () => undefined };
  vi.stubGlobal('window', { addEventListener: () => undefined });
  vi.stubGlobal('sessionStorage', nothing);
  vi.stubGlobal('localStorage', nothing);
  // Read when it is loaded.
  const { Session } = await import('./session.ts');
  const request = vi.fn(() => new Promise(() => undefined));
  const session = new Session({ subscribe: () => () => undefined, request } as unknown as Bridge);
  expect(session.knownStoreOf('a')).toBeNull();
  expect(request).not.toHaveBeenCalled();
  const store = session.storeOf('a');
  expect(session.knownStoreOf('a')).toBe(store);
  expect(request).toHaveBeenCalled();
});
