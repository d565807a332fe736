import { Command, CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { explainWrongCall } from './wrong-call.ts';

/** What is said of a wrong call of a command with these options. */
function said(option: string, ...options: string[]): string {
  const program = new Command('cairn').exitOverride().configureOutput({ writeErr: () => undefined });
  const command = program.command('prune <run>');
  for (const each of options) command.option(each);
  try {
    program.parse(['prune', 'run', option], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return explainWrongCall(error, program);
    throw error;
  }
  throw new Error('it is no wrong call');
}

const keep = ['--keep-best <n>', '--keep-latest <n>'];

test('an option is meant that has the words of the unknown one in its name, before one that is spelled like it', () => {
  expect(said('--best', ...keep, '--yes')).toBe(
    "unknown option '--best' — the call is wrong — did you mean --keep-best? Or see cairn prune --help",
  );
  expect(said('--latest', ...keep, '--late')).toContain('did you mean --keep-latest? Or see');
  expect(said('--keep', ...keep)).toContain('did you mean one of --keep-best, --keep-latest? Or see');
  expect(said('--keep-bets', ...keep)).toContain('did you mean --keep-best? Or see');
});

test('nobody is told to try an option that deletes, or does what was only to be planned', () => {
  for (const option of ['--yes', '--empty', '--delete', '--other-run']) {
    expect(said(`${option}s`, option)).toMatch(/ — the call is wrong — see cairn prune --help$/);
    expect(said(`${option}s`, option, `${option}d`)).toContain(`did you mean ${option}d? Or see`);
  }
});
