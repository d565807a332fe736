import { type Command, InvalidArgumentError, Option } from 'commander';
import { readSeeds } from '../../shared/command/read-seeds.ts';
import { collect, collectWords } from './collect.ts';
import type { ExitCode } from './exit-codes.ts';
import { withLayout } from './layout-option.ts';

type Run = (command: () => Promise<ExitCode>) => Promise<void>;

/** The commands that write to a run. */
export function addWritingCommands(program: Command, run: Run): void {
  addSave(program, run);
  addPrune(program, run);
  addTrash(program, run);
  addMarks(program, run);
  addBackups(program, run);
  addBenchmark(program, run);
}

const saveHelp = `
After a best model is saved, as many best models stay as the config says (max_best_models); the others go to the run's trash.
What goes there by itself is deleted for good after 7 days, beyond 20 GB, or when the disk has no room for the next save.
Change that in .cairn/settings.yaml of the run or in the settings of the app: trash: {max_age: 30d, max_size: 50 GB}.
cairn undo RUN brings back what went last.`;

function addSave(program: Command, run: Run): void {
  writing(program, 'save <run>', 'store a file as the next version, atomically')
    .option('--weights <file>', 'the file to store')
    .option(
      '--watch <folder>',
      'store each checkpoint, a file or a folder, that a training writes there, until interrupted',
    )
    .addOption(new Option('--kind <kind>', 'what it is').choices(['best', 'checkpoint']).default('best'))
    .option('--name <name>', 'a file name, instead of the one the run’s config makes')
    .option('--reward <number>', 'its reward; nan, inf and -inf too', pythonNumber)
    .option(
      '--metric <name=value>',
      'a metric, one each time; its value is a number, nan, inf or -inf',
      collect,
      [],
    )
    .option(
      '--state <name=value>',
      'where the training stood, one each time; its value is a number, JSON ([1,2], true, {"a": 1}), or else a text',
      collect,
      [],
    )
    .option('--symbol <symbol>', 'what was traded')
    .option('--notes <text>', 'a note')
    .option('--tag <tag>', 'a tag, one each time', collectWords, [])
    .option('--backup-best', 'back it up at once if it is the new best')
    .option('--no-prune', 'without the retention that follows a save')
    .option('--config <file>', 'go by this config (YAML, JSON, or a Hydra folder), not by the run’s own')
    .addHelpText('after', saveHelp)
    .action((folder, options) => run(async () => (await import('./commands/save.ts')).save(folder, options)));
}

const pruneHelp =
  '\nWithout --yes no version moves; what was read of those that stay is remembered in .cairn, so that --yes need not read it again.';

function addPrune(program: Command, run: Run): void {
  withLayout(writing(program, 'prune <run...>', 'what the rules would remove; with --yes, to the trash'))
    .option(
      '--keep-best <n>',
      'keep so many best models; without a rule, as many as the config says',
      wholeNumber,
    )
    .option('--keep-latest <n>', 'keep so many newest versions', wholeNumber)
    .option('--keep-every <steps>', 'keep one version in so many steps', wholeNumber)
    .addOption(
      new Option(
        '--kinds <kinds>',
        'which may go: best models alone, or all, which is checkpoints too (default: best; all with --keep-latest or --keep-every, and with --keep-best where a framework laid the run out)',
      ).choices(['best', 'all']),
    )
    .option('--metric <metric>', 'best by this metric')
    .addOption(new Option('--mode <mode>', 'which end of the metric is best').choices(['max', 'min']))
    .option('--yes', 'do it')
    .addHelpText('after', pruneHelp)
    .action((folders, options) =>
      run(async () => (await import('./commands/prune.ts')).prune(folders, options)),
    );
}

function addTrash(program: Command, run: Run): void {
  withLayout(writing(program, 'trash <run> [version...]', 'what can be brought back; or move versions there'))
    .option('--empty', 'delete what is in it, or the operations named instead of versions')
    .option('--older-than <age>', 'only what is older, such as 30d')
    .option('--yes', 'do it')
    .option('--set-aside <operation>', 'put the damaged record of an interrupted operation there')
    .action((folder, versions, options) =>
      run(async () => (await import('./commands/trash.ts')).trash(folder, versions, options)),
    );
  writing(program, 'undo <run> [operation]', 'bring back what an operation moved or replaced').action(
    (folder, operation, options) =>
      run(async () => (await import('./commands/trash.ts')).undo(folder, operation, options)),
  );
  program
    .command('log <run>')
    .description('what was done to a run, when, by which command')
    .option('--json', 'one JSON document')
    .action((folder, options) => run(async () => (await import('./commands/log.ts')).log(folder, options)));
}

function addBackups(program: Command, run: Run): void {
  const backups = () => import('./commands/backups.ts');
  withLayout(
    writing(program, 'backup <run> [version...]', 'copy versions, or all, where they can be restored from'),
  )
    .option('--to <folder>', 'a folder for the copies, instead of the run’s own')
    .option('--label <text>', 'a name for people')
    .action((folder, versions, options) =>
      run(async () => (await backups()).backup(folder, versions, options)),
    );
  const listing = writing(program, 'backups [run]', 'the backups of a run').usage('[options] <run>');
  listing
    .addHelpText('after', '\nThose in other folders too; ls and show count what the run keeps itself.')
    .option('--from <folder>', 'all in a folder of backups, or that another run keeps, of whatever run')
    .option('--verify [id]', 'read the bytes of one, or all, again')
    .option('--delete <id>', 'delete one')
    .option('--other-run', 'also one of another run')
    .option('--yes', 'do it')
    .action((folder, options) => {
      const named = runBesideVerify(folder, options.verify);
      if (named === null) return listing.error("error: missing required argument 'run'", missingArgument);
      return run(async () => (await backups()).backups(named.run, { ...options, verify: named.verify }));
    });
  writing(program, 'restore <run> <backup> [version...]', 'bring back versions of a backup')
    .option('--from <folder>', 'from a folder of backups, or what another run keeps')
    .option('--dry-run', 'only what would change')
    .action((folder, backup, versions, options) =>
      run(async () => (await backups()).restore(folder, backup, versions, options)),
    );
  withLayout(program.command('export <run> <version...>'))
    .description('verified copies in a folder elsewhere')
    .requiredOption('--to <folder>', 'the folder')
    .option('--json', 'one JSON document')
    .action((folder, versions, options) =>
      run(async () => (await import('./commands/export.ts')).exportTo(folder, versions, options)),
    );
  withLayout(writing(program, 'seal <run>', 'put the checksum of every file on record that has none')).action(
    (folder, options) => run(async () => (await import('./commands/seal.ts')).seal(folder, options)),
  );
}

const missingArgument = { code: 'commander.missingArgument' };

/** `--verify RUN` is all backups of the run: what follows an option that may have a value is taken for it. Null where no run is named. */
function runBesideVerify(run: string | undefined, verify: boolean | string | undefined) {
  if (run !== undefined) return { run, verify };
  return typeof verify === 'string' ? { run: verify, verify: true } : null;
}

const benchmarkHelp = `
The evaluator is a command such as "python eval.py {model} --episodes {episodes} --seed {seed}". It is split into words once and run without a shell,
in an empty folder of its own; {model} is always one word, {here} is the folder where you are. The last line of its output that is a JSON object
has its metrics: {"sharpe": 1.4, "episodes": [{"sharpe": 1.2}, {"sharpe": 1.6}]}; see cairn schema evaluator-output, and docs/benchmark.md.
What it found goes to the sidecars, as bench_NAME; cairn undo RUN takes that back. A run that is on record is not done again.`;

function addBenchmark(program: Command, run: Run): void {
  withLayout(
    writing(
      program,
      'benchmark <run> [version...]',
      'measure versions, or all, with an evaluator of your own',
    ),
  )
    .requiredOption('--evaluator <command>', 'what measures a version; it has {model} in it')
    .option('--episodes <n>', 'what {episodes} stands for', positive)
    .option('--seeds <n|a,b,c>', 'so many seeds from 0, or these', seedsOf, [0])
    .option('--jobs <n>', 'so many at once', positive, 1)
    .option('--timeout <seconds>', 'how long one run may take', timeLimit, 3600)
    .option('--retries <n>', 'how often a run that fails is tried again', wholeNumber, 0)
    .option('--again', 'measure anew what is on record')
    .addHelpText('after', benchmarkHelp)
    .action((folder, versions, options) =>
      run(async () => (await import('./commands/benchmark.ts')).benchmark(folder, versions, options)),
    );
}

function addMarks(program: Command, run: Run): void {
  const marks = () => import('./commands/marks.ts');
  for (const pinned of [true, false])
    withLayout(
      writing(
        program,
        `${pinned ? 'pin' : 'unpin'} <run> <version>`,
        pinned ? 'never prune it' : 'let it be pruned again',
      ),
    ).action((folder, version, options) =>
      run(async () => (await marks()).pin(folder, version, pinned, options)),
    );
  withLayout(
    writing(program, 'note <run> <version> <text>', 'write a note on a version; an empty one removes it'),
  ).action((folder, version, text, options) =>
    run(async () => (await marks()).note(folder, version, text, options)),
  );
  withLayout(writing(program, 'tag <run> <version> [changes...]', '+TAG adds a tag, -TAG removes it'))
    .allowUnknownOption()
    .action((folder, version, changes, options) =>
      run(async () => (await marks()).tag(folder, version, changes, options)),
    );
}

function writing(program: Command, usage: string, description: string): Command {
  return program
    .command(usage)
    .description(description)
    .option('--wait <seconds>', 'how long to wait for another writer', seconds)
    .option('--json', 'one JSON document');
}

function seedsOf(text: string): number[] {
  const { seeds, fault } = readSeeds(text);
  if (seeds) return seeds;
  throw new InvalidArgumentError(fault);
}

function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 0');
}

function positive(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1');
}

function timeLimit(text: string): number {
  const limit = seconds(text);
  if (limit > 0) return limit;
  throw new InvalidArgumentError('It must be more than 0 seconds');
}

function seconds(text: string): number {
  if (/^\d{1,6}(?:\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a number of seconds');
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const words = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);

/** A number as Python spells it; undefined for anything else. */
export function readNumber(text: string): number | undefined {
  const word = words.get(text.toLowerCase());
  if (word !== undefined) return word;
  const value = number.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

function pythonNumber(text: string): number {
  const value = readNumber(text);
  if (value === undefined) throw new InvalidArgumentError('It must be a number, nan, inf or -inf');
  return value;
}
