import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { tempFolder } from './temp-folder.ts';
import { cellOf, selectVersion } from './versions-table.ts';
import { best, openDialog, second } from './written-run.ts';

/** An evaluator that finds the number of the version and the seed; of version 2 and seed 1 nothing. */
export const script = `#!/bin/sh
n=$(basename "$1" | sed 's/^model_v0*\\([0-9]*\\).*/\\1/')
[ "$n$2" = 21 ] && { echo "no such market" >&2; exit 3; }
echo "{\\"score\\": $n.$2, \\"loss\\": $2, \\"width\\": $n}"
`;

export async function makeEvaluator(text: string): Promise<string> {
  const path = join(await tempFolder('evaluator'), 'eval.sh');
  await writeFile(path, text);
  await chmod(path, 0o700);
  return path;
}

/** It ends with seed 0 alone, and says which process it is with the others. */
export async function makeSlowEvaluator(): Promise<{ evaluator: string; pidFile: string }> {
  const evaluator = await makeEvaluator(`#!/bin/sh
[ $2 = 0 ] && { echo '{"score": 1}'; exit; }
echo $$ > "$(dirname "$0")/pid"
exec sleep 600
`);
  return { evaluator, pidFile: join(evaluator, '../pid') };
}

/** The dialog for the first two versions of the sample run. */
export async function openFor(page: Page): Promise<Locator> {
  await selectVersion(page, best);
  await cellOf(page, second, 'version').click({ modifiers: ['ControlOrMeta'] });
  return openDialog(page, 'Benchmark…', 'Benchmark 2 versions');
}

/** A version in a table of the dialog. */
export const lineOf = (dialog: Locator, id: string) => dialog.locator(`[data-subject=${JSON.stringify(id)}]`);
