import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { commandEvaluator } from './command-evaluator.ts';

/** The words that a program is given. */
async function wordsOf(command: string, here: string): Promise<string[]> {
  const lister = put(
    temporaryFolder(),
    'list.mjs',
    "console.log('{\"n\": 1}'); console.error(process.argv.slice(2).join('\\n'))",
  );
  const output = join(temporaryFolder(), 'job');
  const order = {
    model: '/m.pt',
    id: 'm.pt',
    run: '/run',
    seed: 1,
    episodes: null,
    timeout: 20_000,
    output,
    disk: realDisk,
  };
  await commandEvaluator(`node ${lister} ${command}`, here).evaluate(order);
  return readFileSync(`${output}.stderr`, 'utf8').trimEnd().split('\n');
}

test('words that name what is in the folder of the call stand for that, and no others', async () => {
  const here = temporaryFolder();
  put(here, 'eval.py', '');
  put(here, 'data/prices.csv', '');
  mkdirSync(join(here, 'train'));
  const given =
    'eval.py data/prices.csv data/ train --mode=train --config=eval.py -c=none.py data/none {model} {here}/x /etc/hosts';
  expect(await wordsOf(given, here)).toEqual([
    `${here}/eval.py`,
    `${here}/data/prices.csv`,
    `${here}/data`,
    'train',
    '--mode=train',
    `--config=${here}/eval.py`,
    '-c=none.py',
    'data/none',
    '/m.pt',
    `${here}/x`,
    '/etc/hosts',
  ]);
});

test('a program with a / is that of the folder of the call, one without is looked for in the PATH alone', async () => {
  const here = temporaryFolder();
  put(here, 'node', 'not this one');
  expect(commandEvaluator('node {model}', here).identity).toBe(
    commandEvaluator('node {model}', '/').identity,
  );
  expect(commandEvaluator('./node {model}', here).identity).toContain(`${here}/node`);
});

test('it is another evaluator once a file that it names is edited', () => {
  const here = temporaryFolder();
  const identity = () => commandEvaluator('python --config=conf.yaml {model}', here).identity;
  put(here, 'conf.yaml', 'a: 1');
  const before = identity();
  expect(identity()).toBe(before);
  put(here, 'conf.yaml', 'a: 2');
  expect(identity()).not.toBe(before);
});

test('a word that looks like a script and is no file in the folder of the call is known', () => {
  const here = temporaryFolder();
  put(here, 'eval.py', '');
  const command = 'python3 eval.py nope.py --config=no.py sub/no.sh {model} {seed}.py 1.5 a.pt';
  expect(commandEvaluator(command, here).unfound).toEqual(['nope.py', 'sub/no.sh']);
});
