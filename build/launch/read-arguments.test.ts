import { expect, test } from 'vitest';
import { readArguments } from './read-arguments.mjs';

test('run folders become absolute against the folder the person is in', () => {
  expect(readArguments(['runs/a', '/b'], '/home/me').forwarded).toEqual(['/home/me/runs/a', '/b']);
});

test('flags of the app and of Chromium pass unchanged', () => {
  const flags = ['--user-data-dir=/tmp/x', '--force-dark-mode'];
  expect(readArguments(flags, '/home/me').forwarded).toEqual(flags);
});

test.each([[['--screenshot', 'out.png', 'run']], [['--screenshot=out.png', 'run']]])(
  'a screenshot reaches the app as one absolute flag: %j',
  (args) => {
    const { screenshot, forwarded } = readArguments(args, '/home/me');
    expect(screenshot).toBe('/home/me/out.png');
    expect(forwarded).toEqual(['/home/me/run', '--screenshot=/home/me/out.png']);
  },
);

test.each(['--help', '-h'])('%s asks for words, and opens nothing', (flag) => {
  expect(readArguments([flag], '/')).toMatchObject({ help: true, forwarded: [] });
});

test('flags of the start script stay here', () => {
  expect(readArguments(['--dev', '--logs'], '/')).toEqual({
    dev: true,
    help: false,
    logs: true,
    screenshot: undefined,
    forwarded: [],
  });
});
