import { expect, test } from '@playwright/test';
import { runCli } from '../driver/run-cli.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

test('26: the command line does all its work where there is no network at all', async () => {
  test.skip(process.platform !== 'linux' || process.getuid?.() !== 0, 'only root on Linux can take it away');
  const run = await copySampleRun();
  const under = ['unshare', '-n'];
  for (const [args, code] of [
    [['ls', run], 0],
    [['best', run], 0],
    [['show', run, '11'], 0],
    [['verify', run], 1],
    [['inspect', `${run}/checkpoints/checkpoint.pt`], 0],
    // It leaves out the two that are damaged.
    [['backup', run, '--label', 'offline'], 1],
    [['prune', run, '--keep-best', '3', '--yes'], 0],
    [['undo', run], 0],
  ] as const) {
    const finished = await runCli(args, { under });
    expect([args[0], finished.code, finished.stderr]).toEqual([args[0], code, expect.any(String)]);
  }
});
