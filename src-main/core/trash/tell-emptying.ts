import { equivalentCommand } from '../../../shared/command/equivalent-command.ts';

/** The command that deletes an operation's part of the trash for good, as it can be typed. */
export function tellEmptying(root: string, operation: string): string {
  return equivalentCommand(
    { command: 'trash', options: ['--empty', '--yes'], words: [root, operation] },
    'posix',
  );
}
