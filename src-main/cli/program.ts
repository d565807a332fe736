import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../app/package.json' with { type: 'json' };
import { collect } from './collect.ts';
import { completionScript, type Shell, shells } from './completion.ts';
import { exitCodes } from './exit-codes.ts';
import { eachGivenOnce } from './given-once.ts';
import { withLayout } from './layout-option.ts';
import { letReaderGo, writeOut } from './print/write-out.ts';
import { printFailure, runCommand } from './run-command.ts';
import { addWritingCommands } from './writing-commands.ts';
import { explainWrongCall } from './wrong-call.ts';

const json = process.argv.includes('--json');
const modeOption = () =>
  new Option('--mode <mode>', 'which end of the metric is best').choices(['max', 'min']);
const kindOption = (meaning: string) =>
  new Option('--kind <kind>', meaning).choices(['best', 'checkpoint', 'all']).default('all');

const whereMeaning = 'only those that a query asks for; of several all must hold';

/** In short what docs/query.md has in full. */
const queryHelp = `
Queries:
  reward > 0.4 and (sharpe >= 1.5 or tag:candidate) and integrity = verified
  time in 2026-03-01..2026-03-15 and size < 1.5GB and not is:problem
  age < 7d and kind = checkpoint and note ~ "looks good"
  A name that is no field is a metric's, in quotes where it has odd characters. Words alone are looked for as text.
  is: best, latest, pinned, intact, problem    has:FIELD, FIELD is missing, FIELD is nan`;

const runQueryHelp = `
Queries:
  versions > 10 and size > 1.5GB
  path ~ ppo and (problems > 0 or best is missing)
  Words alone are looked for in the path. layout: cairn or files`;

const program = new Command('cairn')
  .description('Which checkpoint is best, and can I trust that word?')
  .version(packageJson.version)
  .option('--debug', 'with an error, where in Cairn it came from')
  .exitOverride()
  .configureOutput({ outputError: () => undefined });

program
  .command('open [run...]')
  .description('start the desktop app on these runs')
  .action((runs: string[]) => runCommand(json, async () => (await import('./commands/open.ts')).open(runs)));

program
  .command('runs <folder>')
  .description('the runs below a folder')
  .option('--where <query>', whereMeaning, collect, [])
  .option('--differences', 'also which settings differ between them, and how these go with the best')
  .option('--json', 'one JSON document')
  .addHelpText('after', runQueryHelp)
  .action((folder, options) =>
    runCommand(json, async () => (await import('./commands/runs.ts')).runs(folder, options)),
  );

withLayout(program.command('ls <run>'))
  .description('list the versions of a run')
  .addOption(kindOption('only these'))
  .option(
    '--sort <metric>',
    'by a metric, step, episode, time, size or version (METRIC:asc, METRIC:desc); without it by version number, then time, the newest first',
  )
  .option('--where <query>', whereMeaning, collect, [])
  .option('--limit <n>', 'at most so many', wholeNumber(0))
  .option('--check', 'look at the structure of each file')
  .addOption(new Option('--json', 'one JSON document').conflicts('csv'))
  .option('--csv', 'comma-separated values')
  .addHelpText('after', queryHelp)
  .action((run, options) =>
    runCommand(json, async () => (await import('./commands/ls.ts')).ls(run, options)),
  );

withLayout(program.command('show <run> <version>'))
  .description('everything known of one version')
  .option('--json', 'one JSON document')
  .action((run, version, options) =>
    runCommand(json, async () => (await import('./commands/show.ts')).show(run, version, options)),
  );

withLayout(program.command('best <run>'))
  .description('the path of the best version that is intact')
  .option('--metric <metric>', 'rank by this metric')
  .addOption(modeOption())
  .option('--json', 'one JSON document')
  .action((run, options) =>
    runCommand(json, async () =>
      (await import('./commands/choose.ts')).printChoice(run, { what: 'best', ...options }, json),
    ),
  );

withLayout(program.command('latest <run>'))
  .description('the path of the newest version that is intact; to go on training, --kind checkpoint')
  .addOption(kindOption('of these alone'))
  .option('--json', 'one JSON document')
  .action((run, options) =>
    runCommand(json, async () =>
      (await import('./commands/choose.ts')).printChoice(run, { what: 'latest', ...options }, json),
    ),
  );

withLayout(program.command('verify <path...>'))
  .description('re-read every byte of runs, checkpoints, or what a SHA256SUMS file lists')
  .option('--jobs <n>', 'so many threads', wholeNumber(1))
  .option('--json', 'one JSON document')
  .action((paths: string[], options) =>
    runCommand(json, async () => (await import('./commands/verify.ts')).verify(paths, options)),
  );

withLayout(program.command('report <run...>'))
  .description('what is in runs and what is wrong with them, as a page for people')
  .option(
    '-o, --output <file>',
    'write it there, never over a file that is there; JSON where the name ends in .json',
  )
  .option('--json', 'one JSON document')
  .action((folders: string[], options) =>
    runCommand(json, async () =>
      (await import('./commands/report.ts')).report(folders, options, packageJson.version),
    ),
  );

program
  .command('inspect <file>')
  .description('what is in a checkpoint: tensors, training state, and what loading it would call')
  .option('--stats', 'measure every tensor')
  .option(
    '--export <path>',
    'write elements to a new .npz, a new folder of .npy, or of one tensor a new .npy or .csv',
  )
  .option('--csv', 'with --export to a folder: a .csv for each tensor')
  .option('--tensor <name>', 'what to export: a tensor or a module; may be given more than once', collect, [])
  .option('--json', 'one JSON document')
  .action((file: string, options) =>
    runCommand(json, async () => (await import('./commands/inspect.ts')).inspect(file, options)),
  );

program
  .command('diff <a> <b>')
  .description('what sets two checkpoints apart: tensors, training state, metadata, metrics')
  .option('--json', 'one JSON document')
  .action((a: string, b: string, options) =>
    runCommand(json, async () => (await import('./commands/diff.ts')).diff(a, b, options)),
  );

program
  .command('convert <file> <out>')
  .description(
    'write a checkpoint as another file, .pt or .safetensors by its ending; never over one that is there',
  )
  .option('--slim', 'without the optimizer')
  .option('--json', 'one JSON document')
  .action((file: string, out: string, options) =>
    runCommand(json, async () => (await import('./commands/convert.ts')).convert(file, out, options)),
  );

program
  .command('repair <file> <out>')
  .description('write what a torn checkpoint still holds as a whole file, which says what it is')
  .option('--json', 'one JSON document')
  .action((file: string, out: string, options) =>
    runCommand(json, async () => (await import('./commands/convert.ts')).repair(file, out, options)),
  );

withLayout(program.command('watch <run>'))
  .description('a line for each version that appears, changes or goes')
  .option('--json', 'one JSON document a line')
  .action((run, options) =>
    runCommand(json, async () => (await import('./commands/watch.ts')).watch(run, options)),
  );

program
  .command('schema <name>')
  .description('the JSON Schema of a document')
  .action((name: string) =>
    runCommand(json, async () => (await import('./commands/schema.ts')).schema(name)),
  );

program
  .command('completion')
  .description('a script that completes the words of this command line in a shell')
  .addArgument(new Argument('<shell>').choices(shells))
  .action((shell: Shell) =>
    runCommand(json, async () => {
      await writeOut([completionScript(program, shell)]);
      return exitCodes.done;
    }),
  );

addWritingCommands(program, (command) => runCommand(json, command));

program
  .helpCommand(false)
  .command('help [command]')
  .description('how to call a command')
  .action((name?: string) => {
    const meant = name === undefined ? program : program.commands.find((command) => command.name() === name);
    if (!meant)
      return program.error(`error: unknown command '${name}'`, { code: 'commander.unknownCommand' });
    return meant.outputHelp();
  });

eachGivenOnce(program);

letReaderGo();

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.wrongCall;
  if (error.exitCode !== 0)
    printFailure({ code: 'Usage', message: explainWrongCall(error, program), path: null }, json);
}

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number from ${least}`);
  };
}
