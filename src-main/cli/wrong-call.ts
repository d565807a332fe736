import type { CommanderError } from 'commander';
import { escapeName } from '../core/catalog/escape-name.ts';

/** Commander's sentence as one of ours: what, why, what to do. */
export function explainWrongCall({ message, code }: Pick<CommanderError, 'message' | 'code'>): string {
  if (code === 'commander.help') return 'no command given — it needs to know what to do — see cairn --help';
  return explainValue(message) ?? `${asClause(message)} — the call is wrong — see cairn --help`;
}

/** `option '--reward <number>' argument 'x' is invalid. It must be a number`; null for any other sentence. */
function explainValue(message: string): string | null {
  const pattern = /^error: option '(?:-\w, )?(--[\w-]+)[^']*' argument '(.*)' is invalid\. (.*?)\.?$/s;
  const [, option, value = '', why = ''] = pattern.exec(message) ?? [];
  if (option === undefined) return null;
  const reason = `${why.charAt(0).toLowerCase()}${why.slice(1)}`;
  return `“${escapeName(value)}” is not a value for ${option} — ${reason} — see cairn --help`;
}

function asClause(message: string): string {
  return message.replace(/^error: /, '').replace(/\.$/, '');
}
