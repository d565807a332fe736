import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { runCli } from '../driver/run-cli.ts';

/** What bash offers for the last of these words. */
function offered(script: string, words: string[]): string[] {
  const typed = words.map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(cairn ${typed}); COMP_CWORD=${words.length}; _cairn; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['-c', `${script}\n${ask}`], { encoding: 'utf8' });
  return out.split('\n').filter(Boolean);
}

test('bash completes commands, the options of each, and the choices of an option', async () => {
  const { stdout, code } = await runCli(['completion', 'bash']);
  expect(code).toBe(0);
  expect(offered(stdout, ['ver'])).toEqual(['verify']);
  expect(offered(stdout, ['ls', 'run', '--k'])).toEqual(['--kind']);
  expect(offered(stdout, ['ls', 'run', '--kind', ''])).toEqual(['best', 'checkpoint', 'all']);
  expect(offered(stdout, ['completion', ''])).toContain('fish');
  expect(offered(stdout, ['prune', 'run', '--keep-b'])).toEqual(['--keep-best']);
});

test('zsh and fish get a script of their own; another shell is refused with those there are', async () => {
  expect((await runCli(['completion', 'zsh'])).stdout).toMatch(/^#compdef cairn\n/);
  expect((await runCli(['completion', 'fish'])).stdout).toContain('-a verify');
  const other = await runCli(['completion', 'tcsh']);
  expect(other.code).toBe(2);
  expect(other.stderr).toMatch(/^cairn: .*bash, zsh, fish.*\n$/);
});
