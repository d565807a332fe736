import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A word that may be typed, and what it is for. */
interface Word {
  word: string;
  meaning: string;
  /** What may follow it, where that is settled. */
  choices: readonly string[];
}

interface OptionWord extends Word {
  takesValue: boolean;
}

interface CommandWords extends Word {
  options: readonly OptionWord[];
  /** Whether what follows the run are versions of it. */
  takesVersions: boolean;
}

/** A script that completes commands, options and their choices, in bash versions of the run too, and file names everywhere else. */
export function completionScript(program: Command, shell: Shell): string {
  const commands = wordsOf(program);
  if (shell === 'bash') return bashScript(commands);
  return shell === 'zsh' ? zshScript(commands) : fishScript(commands);
}

function wordsOf(program: Command): CommandWords[] {
  const help = { word: '--help', meaning: 'how to call it', choices: [], takesValue: false };
  return program.commands.map((command) => ({
    word: command.name(),
    meaning: command.description(),
    choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    takesVersions: command.registeredArguments[1]?.name() === 'version',
    options: [
      ...command.options.map(({ long, short, description, argChoices, required }) => ({
        word: long ?? short ?? '',
        meaning: description,
        choices: argChoices ?? [],
        takesValue: required,
      })),
      help,
    ],
  }));
}

/**
 * Ids and numbers of the versions in the list of a run. Bash takes what is offered for words to expand, as it does those that are typed: names with anything that it might
 * make something of are not among them.
 */
const versionsInList = String.raw`sed -n -e 1d -e h -e 's/^\([A-Za-z0-9_.\/=+-]*\),.*/\1/p' -e g -e 's/^[A-Za-z0-9_.\/=+-]*,[a-z]*,\([0-9][0-9]*\),.*/v\1/p'`;

function bashScript(commands: readonly CommandWords[]): string {
  const cases = commands.map(({ word, options, choices }) => {
    const words = [...options.map((option) => option.word), ...choices].join(' ');
    const values = options
      .filter((option) => option.choices.length > 0)
      .map((option) => `      ${word}:${option.word}) words="${option.choices.join(' ')}" ;;`);
    return { word, words, values };
  });
  const versioned = commands.filter(({ takesVersions }) => takesVersions).map(({ word }) => word);
  return `_cairn() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} words=
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${commands.map(({ word }) => word).join(' ')} --help --version"
  else
    case "\${COMP_WORDS[1]}:$before" in
${cases.flatMap(({ values }) => values).join('\n')}
      *) case "\${COMP_WORDS[1]}" in
${cases.map(({ word, words }) => `        ${word}) words="${words}" ;;`).join('\n')}
      esac ;;
    esac
    case "\${COMP_WORDS[1]}:$COMP_CWORD:$before:$word" in
      *:2:*|*:*:-*:*|*:*:*:-*) ;;
      ${versioned.map((word) => `${word}:*`).join('|')})
        words="best latest $(cairn ls "\${COMP_WORDS[2]/#\\~/$HOME}" --csv 2>/dev/null | ${versionsInList})" ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _cairn cairn
`;
}

function zshScript(commands: readonly CommandWords[]): string {
  const cases = commands.map(({ word, options, choices }) => {
    const specs = options.map((option) => `'${option.word}[${zshText(option.meaning)}]${zshValue(option)}'`);
    const rest = choices.length > 0 ? `'*:word:(${choices.join(' ')})'` : "'*:file:_files'";
    return `    ${word}) _arguments ${[...specs, rest].join(' ')} ;;`;
  });
  return `#compdef cairn
_cairn() {
  if (( CURRENT == 2 )); then
    local -a commands=(${commands.map(({ word, meaning }) => `'${word}:${zshText(meaning)}'`).join(' ')})
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words; (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
compdef _cairn cairn
`;
}

function zshValue({ choices, takesValue }: OptionWord): string {
  if (choices.length > 0) return `:value:(${choices.join(' ')})`;
  return takesValue ? ':value:_files' : '';
}

function zshText(meaning: string): string {
  return meaning.replace(/['’]/g, '’').replace(/[[\]:\\]/g, ' ');
}

function fishScript(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ word, meaning, options, choices }) => [
    `complete -c cairn -n __fish_use_subcommand -f -a ${word} -d '${fishText(meaning)}'`,
    ...options.map((option) => fishOption(word, option)),
    ...(choices.length > 0
      ? [`complete -c cairn -n '__fish_seen_subcommand_from ${word}' -f -a '${choices.join(' ')}'`]
      : []),
  ]);
  return `${lines.join('\n')}\n`;
}

function fishOption(command: string, { word, meaning, choices, takesValue }: OptionWord): string {
  const values = choices.length > 0 ? ` -x -a '${choices.join(' ')}'` : takesValue ? ' -r' : '';
  const name = word.startsWith('--') ? `-l ${word.slice(2)}` : `-s ${word.slice(1)}`;
  return `complete -c cairn -n '__fish_seen_subcommand_from ${command}' ${name}${values} -d '${fishText(meaning)}'`;
}

function fishText(meaning: string): string {
  return meaning.replaceAll("'", '’');
}
