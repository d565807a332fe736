import type { Command, CommanderError } from 'commander';
import { escapeName } from '../core/catalog/escape-name.ts';

/** Commander's sentence as one of ours: what, why, what to do. */
export function explainWrongCall({ message, code }: CommanderError, program: Command): string {
  if (code === 'commander.help') return 'no command given — it needs to know what to do — see cairn --help';
  const fault = explainValue(message) ?? `${asClause(message)} — the call is wrong`;
  const command = commandOf(program);
  const see = command ? `cairn ${command.name()} --help` : 'cairn --help';
  return `${fault} — ${likely(message, command)}see ${see}`;
}

function commandOf({ args: [meant], commands }: Command): Command | undefined {
  return commands.find((command) => command.name() === meant && meant !== 'help');
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

/** What nobody is told to try: with it a command does what it otherwise only says, or deletes. */
const neverLikely: ReadonlySet<string> = new Set(['--yes', '--empty', '--delete', '--other-run']);

function likely(message: string, command: Command | undefined): string {
  const meant = [withWordsOf(message, command), spelledLike(message)].find(({ length }) => length > 0) ?? [];
  if (meant.length === 0) return '';
  return `did you mean ${meant.length > 1 ? 'one of ' : ''}${meant.join(', ')}? Or `;
}

/** The options in whose name the words of an unknown one are: `--keep-best` for `--best`. */
function withWordsOf(message: string, command: Command | undefined): string[] {
  const [, unknown] = /unknown option '--([\w-]+)/.exec(message) ?? [];
  if (unknown === undefined || !command) return [];
  const words = unknown.split('-');
  const isMeant = (option: string) => words.every((word) => option.split('-').includes(word));
  const options = command.options.filter(({ negate }) => !negate).flatMap(({ long }) => long ?? []);
  return options.filter((option) => !neverLikely.has(option) && isMeant(option));
}

/** Commander tells what is spelled much the same on a line of its own. */
function spelledLike(message: string): string[] {
  const [, meant = ''] = /\n\(Did you mean (?:one of )?(.*)\?\)$/.exec(message) ?? [];
  return meant.split(', ').filter((word) => word !== '' && !neverLikely.has(word));
}
