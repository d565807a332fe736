import { appendFileSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { appendLog, type LogEntry, readLog } from './operation-log.ts';

const entry = (command: string): LogEntry => ({
  at: '2026-01-02T03:04:05.000Z',
  command,
  who: 'ann@here, process 1',
  ids: ['best_models/ä "b"\n.pt'],
  seconds: 0.1,
  result: 'done',
});

test('what was written is read, oldest first', () => {
  const folder = temporaryFolder();
  expect(readLog(folder)).toEqual([]);
  for (const command of ['save', 'prune']) appendLog(folder, entry(command));
  expect(readLog(folder)).toEqual([entry('save'), entry('prune')]);
});

test('a line torn by a power cut costs itself alone, at every length', () => {
  const line = JSON.stringify(entry('torn'));
  for (let length = 0; length < line.length; length += 1) {
    const folder = temporaryFolder();
    appendLog(folder, entry('save'));
    appendFileSync(join(folder, 'log.jsonl'), line.slice(0, length));
    appendLog(folder, entry('prune'));
    expect(readLog(folder).map(({ command }) => command)).toEqual(['save', 'prune']);
  }
});

test('a link in its place is not followed', () => {
  const folder = temporaryFolder();
  const other = put(folder, 'other.txt', 'untouched');
  mkdirSync(join(folder, 'own'));
  symlinkSync(other, join(folder, 'own/log.jsonl'));
  expect(() => appendLog(join(folder, 'own'), entry('save'))).toThrow(/ELOOP/);
  expect(readFileSync(other, 'utf8')).toBe('untouched');
});
