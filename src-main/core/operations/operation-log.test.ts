import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { appendLog, type LogEntry, parseLog, readLog, readLogInTurns } from './operation-log.ts';

const entry = (command: string): LogEntry => ({
  at: '2026-01-02T03:04:05.000Z',
  command,
  who: 'ann@here, process 1',
  ids: ['best_models/ä "b"\n.pt'],
  seconds: 0.1,
  result: 'done',
});

const path = '/run/.cairn/log.jsonl';

/** A run with these commands in its log. */
async function logOf(...commands: string[]): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  disk.plant('/run/.cairn/lock', '');
  for (const command of commands) await appendLog(disk, '/run/.cairn', entry(command));
  return disk;
}

/** The commands in the log, of which every entry is whole. */
function commandsIn(disk: MemoryDisk): string[] {
  return parseLog(disk.files().get(path)?.toString() ?? '').map((read) => {
    expect(read).toEqual(entry(read.command));
    return read.command;
  });
}

test('what was written is read, oldest first', async () => {
  const folder = temporaryFolder();
  expect(readLog(folder)).toEqual([]);
  for (const command of ['save', 'prune']) await appendLog(realDisk, folder, entry(command));
  expect(readLog(folder)).toEqual([entry('save'), entry('prune')]);
});

test('while a long log is read others have their turn', async () => {
  const folder = temporaryFolder();
  expect(await readLogInTurns(folder)).toEqual([]);
  const line = JSON.stringify(entry('save'));
  put(folder, 'log.jsonl', `${Array.from({ length: 1200 }, () => line).join('\n')}\n`);
  const order: string[] = [];
  setImmediate(() => order.push('others'));
  const entries = await readLogInTurns(folder);
  order.push('read');
  expect(order).toEqual(['others', 'read']);
  expect(entries).toEqual(readLog(folder));
});

test('a line torn by a power cut costs itself alone, at every length', async () => {
  const line = JSON.stringify(entry('torn'));
  for (let length = 0; length < line.length; length += 1) {
    const disk = await logOf('save');
    disk.plant(path, `${disk.files().get(path)}${line.slice(0, length)}`);
    await appendLog(disk, '/run/.cairn', entry('prune'));
    expect(commandsIn(disk)).toEqual(['save', 'prune']);
  }
});

const histories = [{ before: [] }, { before: ['save'] }];

test.each(histories)(
  'whatever call of writing a line after $before fails, the others stay, and the next one is read',
  async ({ before }) => {
    for (let call = 1; ; call += 1) {
      const disk = await logOf(...before);
      const faults = new FaultDisk(disk, { call, code: 'ENOSPC', forever: false }, true);
      await appendLog(faults, '/run/.cairn', entry('cut')).catch(() => undefined);
      if (faults.failed === 0) return;
      await appendLog(disk, '/run/.cairn', entry('prune'));
      const commands = commandsIn(disk).filter((command) => command !== 'cut');
      expect(commands, `call ${call}, ${faults.calls[call - 1]}`).toEqual([...before, 'prune']);
    }
  },
);

test.each(histories)(
  'a line that was told to be written outlives a power cut, wherever the next one after $before is cut',
  async ({ before }) => {
    for (let call = 1; ; call += 1) {
      const disk = await logOf(...before);
      const faults = new FaultDisk(disk, { call, code: 'EPOWER', forever: true }, true);
      const write = appendLog(faults, '/run/.cairn', entry('cut'));
      const told = (await write.catch(() => 'failed')) === 'failed' ? [] : ['cut'];
      for (const state of disk.crashStates()) {
        expect(commandsIn(state), `cut at call ${call}`).toEqual(
          expect.arrayContaining([...before, ...told]),
        );
        await appendLog(state, '/run/.cairn', entry('prune'));
        expect(commandsIn(state).at(-1)).toBe('prune');
      }
      if (faults.failed === 0) return;
    }
  },
);

test('a link in its place is not followed', async () => {
  const folder = temporaryFolder();
  const other = put(folder, 'other.txt', 'untouched');
  mkdirSync(join(folder, 'own'));
  symlinkSync(other, join(folder, 'own/log.jsonl'));
  await expect(appendLog(realDisk, join(folder, 'own'), entry('save'))).rejects.toThrow(/ELOOP/);
  expect(readFileSync(other, 'utf8')).toBe('untouched');
});

test('of a log that is too long to be read the last entries are shown, and that is said', () => {
  const folder = temporaryFolder();
  const lines = ['save', 'prune', 'trash', 'undo'].map((command) => JSON.stringify(entry(command)));
  const path = put(folder, 'log.jsonl', `${lines.join('\n')}\n`);
  const notices: string[] = [];
  const read = (limit?: number) =>
    readLog(folder, (notice) => void notices.push(notice), limit).map(({ command }) => command);
  expect(read()).toEqual(['save', 'prune', 'trash', 'undo']);
  expect(notices).toEqual([]);
  const [first = '', second = ''] = lines;
  expect(read(Buffer.byteLength(lines.slice(1).join('')))).toEqual(['trash', 'undo']);
  const before = Buffer.byteLength(first) + Buffer.byteLength(second) + 2;
  expect(notices).toEqual([
    `the log is shown from its end on — its first ${before} bytes are more than is read — they are in ${path}`,
  ]);
});
