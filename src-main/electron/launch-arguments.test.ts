import { expect, test } from 'vitest';
import { readLaunchArguments } from './launch-arguments.ts';

test.each([
  [['cairn'], false, []],
  [['cairn', 'a', '/b'], false, ['/home/me/a', '/b']],
  [['electron', 'app', 'run'], true, ['/home/me/run']],
  [['electron', '--no-sandbox', 'app', '--trace=1', 'run'], true, ['/home/me/run']],
  [['cairn', '', '--', '-x'], false, []],
])('%j (development: %s) opens %j', (argv, takesAppFolder, runs) => {
  expect(readLaunchArguments(argv, '/home/me', takesAppFolder)).toEqual({
    runs,
    screenshot: null,
    userData: null,
  });
});

test('the screenshot and the data folder are taken relative to where one stands', () => {
  const argv = ['cairn', '--screenshot=out.png', '--user-data-dir=/data', 'run'];
  expect(readLaunchArguments(argv, '/home/me', false)).toEqual({
    runs: ['/home/me/run'],
    screenshot: '/home/me/out.png',
    userData: '/data',
  });
  expect(readLaunchArguments(['cairn', '--screenshot='], '/home/me', false).screenshot).toBeNull();
});
