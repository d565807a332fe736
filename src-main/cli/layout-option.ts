import type { Command } from 'commander';

/** The same for every command that reads the versions of a run. */
export function withLayout(command: Command): Command {
  return command.option('--layout <name>', 'read the run in the way of this framework alone');
}
