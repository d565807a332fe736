import type { Command, CommanderError } from 'commander';
import { escapeName } from '../core/catalog/escape-name.ts';

/** Commander's sentence as one of ours: what, why, what to do. */
export function explainWrongCall({ message, code }: CommanderError, program: Command): string {
  if (code === 'commander.help') return 'no command given — it needs to know what to do — see cairn --help';
  const fault = explainValue(message) ?? `${asClause(message)} — the call is wrong`;
  return `${fault} — ${likely(message)}see ${helpOf(program)}`;
}

/** Where it is told what the command that was meant takes. */
function helpOf({ args: [meant], commands }: Command): string {
  const isCommand = commands.some((command) => command.name() === meant);
  return isCommand ? `cairn ${meant} --help` : 'cairn --help';
}

/**
 * `option '--reward <number>' argument 'x' is invalid. It must be a number`, or `command-argument value 'x' is invalid for argument 'shell'. …`;
 * null for any other sentence.
 */
function explainValue(message: string): string | null {
  const ofOption =
    /^error: option '(?:-\w, )?(?<name>--[\w-]+)[^']*' argument '(?<value>.*)' is invalid\. (?<why>.*?)\.?$/s;
  const ofArgument =
    /^error: command-argument value '(?<value>.*)' is invalid for argument '(?<name>[\w-]+)'\. (?<why>.*?)\.?$/s;
  const { name, value = '', why = '' } = (ofOption.exec(message) ?? ofArgument.exec(message))?.groups ?? {};
  if (name === undefined) return null;
  const reason = `${why.charAt(0).toLowerCase()}${why.slice(1)}`;
  return `“${escapeName(value)}” is not a value for ${name} — ${reason}`;
}

function asClause(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/\n.*$/s, '')
    .replace(/\.$/, '');
}

/** Commander tells what was probably meant on a line of its own. */
function likely(message: string): string {
  const [, meant] = /\n\(Did you mean (.*)\?\)$/.exec(message) ?? [];
  return meant === undefined ? '' : `did you mean ${meant}? Or `;
}
