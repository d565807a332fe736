import { afterEach, expect, test, vi } from 'vitest';
import { decodePreferences, type Preferences } from './preferences.ts';

afterEach(() => vi.unstubAllGlobals());

test('what two windows choose at once is kept, both', async () => {
  let stored: string | null = null;
  vi.stubGlobal('localStorage', {
    getItem: () => stored,
    setItem: (_key: string, text: string) => {
      stored = text;
    },
  });
  vi.stubGlobal('window', { addEventListener: () => undefined });
  const openWindow = () => {
    vi.resetModules();
    return import('./usePreferences.ts');
  };
  const [one, other] = [await openWindow(), await openWindow()];
  const withAcross = (across: string) => (before: Preferences) => ({
    ...before,
    charts: { ...before.charts, across },
  });
  one.changePreferences((before) => ({ ...before, detailsOpen: !before.detailsOpen }));
  other.changePreferences(withAcross('step'));
  const { detailsOpen, charts } = decodePreferences(stored);
  expect([detailsOpen, charts.across]).toEqual([!decodePreferences(null).detailsOpen, 'step']);
});
