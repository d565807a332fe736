import { expect, test, vi } from 'vitest';
import { createListener, type Handlers, mostUnanswered } from './serve-requests.ts';
import { trustWindow } from './trusted-senders.ts';

vi.mock('electron', () => ({ ipcMain: { handle: vi.fn() } }));

const mainFrame = { url: 'app://cairn/index.html' };
const sender = { mainFrame, isDestroyed: () => false };
const trusted = { sender, senderFrame: mainFrame } as never;
trustWindow(sender as never);

test('40: of a flood of slow requests only so many wait; the others are refused at once, and all is well after it', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let answer = () => {};
  const held = new Promise<void>((done) => {
    answer = done;
  });
  const listRuns: Handlers['listRuns'] = async () => {
    await held;
    return { runs: [], checkpoints: [], workspaces: [] };
  };
  const listener = createListener('listRuns', { listRuns } as Handlers);
  const asked = Array.from({ length: mostUnanswered + 5000 }, () => listener(trusted, {}));
  expect(await asked.at(-1)).toMatchObject({ ok: false, failure: { code: 'Refused' } });
  answer();
  const done = (await Promise.all(asked)).filter(({ ok }) => ok);
  expect(done).toHaveLength(mostUnanswered);
  expect(await listener(trusted, {})).toMatchObject({ ok: true });
  expect(said.mock.calls.length).toBeLessThanOrEqual(200);
  said.mockRestore();
});
