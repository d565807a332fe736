import { expect, test, vi } from 'vitest';
import { dropSwitches } from './drop-switches.ts';

function commandLine(...given: string[]) {
  const left = new Set(given);
  return {
    left,
    hasSwitch: (name: string) => left.has(name),
    removeSwitch: (name: string) => void left.delete(name),
  };
}

test('29: switches that let others in are taken off, and it is said; others stay', () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const line = commandLine('remote-debugging-port', 'disable-web-security', 'force-device-scale-factor');
  dropSwitches(line, false);
  expect([...line.left]).toEqual(['force-device-scale-factor']);
  expect(said.mock.calls).toEqual([
    ['--remote-debugging-port has no effect here'],
    ['--disable-web-security has no effect here'],
  ]);
  said.mockRestore();
});

test('29: an app that a test drives keeps them', () => {
  const line = commandLine('remote-debugging-port');
  dropSwitches(line, true);
  expect([...line.left]).toEqual(['remote-debugging-port']);
});
