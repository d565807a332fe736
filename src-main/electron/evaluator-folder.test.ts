import { expect, test } from 'vitest';
import { evaluatorFolder } from './evaluator-folder.ts';

test.each([
  ['where Cairn was started in a terminal', '/home/me/project', '/home/me/project'],
  ['home, where a menu started it at the root', '/', '/home/me'],
  ['home, where it was started where it is installed', '/opt/Cairn', '/home/me'],
])('commands are looked for %s', (_, started, here) => {
  expect(evaluatorFolder(started, '/opt/Cairn/cairn', '/home/me')).toBe(here);
});
