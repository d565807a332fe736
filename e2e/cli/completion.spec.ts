import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { cairn, runCli } from '../driver/run-cli.ts';
import { best } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

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

test('bash completes the versions of a run, and of names none that it would make something of', async () => {
  const run = await copySampleRun();
  const odd = join(run, 'checkpoints/$(touch made).pt');
  await copyFile(join(run, best), odd);
  const { stdout } = await runCli(['completion', 'bash']);
  const script = `cairn() { '${process.execPath}' '${cairn}' "$@"; }\n${stdout}`;
  expect(offered(script, ['show', run, 'v1'])).toEqual([
    'v17',
    'v16',
    'v15',
    'v14',
    'v13',
    'v12',
    'v11',
    'v10',
    'v1',
  ]);
  expect(offered(script, ['backup', run, 'v7', 'best'])).toContain(best);
  expect(offered(script, ['show', run, ''])).toEqual(
    expect.arrayContaining(['latest', 'v5', 'checkpoints/checkpoint.pt']),
  );
  expect(offered(script, ['show', run, '']).join()).not.toContain('made');
  expect(offered(script, ['export', run, 'v7', '--t'])).toEqual(['--to']);
  expect(offered(script, ['export', run, '--to', '']).join()).not.toContain('v7');
  expect(existsSync('made')).toBe(false);
  expect(offered(script, ['show', join(run, 'none'), ''])).toEqual(['best', 'latest']);
});

test('zsh and fish get a script of their own; another shell is refused with those there are', async () => {
  expect((await runCli(['completion', 'zsh'])).stdout).toMatch(/^#compdef cairn\n/);
  expect((await runCli(['completion', 'fish'])).stdout).toContain('-a verify');
  const other = await runCli(['completion', 'tcsh']);
  expect(other.code).toBe(2);
  expect(other.stderr).toMatch(/^cairn: .*bash, zsh, fish.*\n$/);
});
