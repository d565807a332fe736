import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bareIntegrity } from '../../../shared/model/integrity.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import type { Verification } from './verification.ts';
import { VerificationLog } from './verification-log.ts';

const result = (
  id: string,
  size = 1,
  state: Verification['integrity']['state'] = 'verified',
): Verification => ({
  id,
  identity: { dev: 1, ino: 2, size, mtimeMs: 3.5, ctimeMs: 4.5 },
  recorded: null,
  integrity: bareIntegrity(state),
});
const open = (run: string) => new VerificationLog(join(run, '.cairn'));
const pathIn = (run: string) => join(run, '.cairn/verifications.jsonl');

describe('a result', () => {
  test('is remembered over a restart, the newest of a file', () => {
    const run = temporaryFolder();
    const log = open(run);
    log.remember([result('a'), result('b\n"'), result('__proto__')]);
    log.remember([result('a', 2)]);
    for (const each of [log, open(run)]) {
      expect(each.get('a')).toEqual(result('a', 2));
      expect(each.get('b\n"')).toEqual(result('b\n"'));
      expect(each.get('__proto__')).toEqual(result('__proto__'));
      expect(each.get('c')).toBeNull();
    }
  });

  test('of another process counts once it is asked for, beside one’s own, however both were written down', () => {
    const run = temporaryFolder();
    const [log, other] = [open(run), open(run)];
    log.remember([result('a')]);
    other.remember([result('a', 2), result('b')]);
    expect(log.get('b')).toBeNull();
    log.remember([result('c')]);
    log.refresh();
    expect(['a', 'b', 'c'].map((id) => log.get(id)?.identity?.size)).toEqual([2, 1, 1]);
    for (let index = 0; index < 1100; index += 1) other.remember([result('b', index)]);
    log.refresh();
    expect(log.get('b')).toEqual(result('b', 1099));
  });

  test('that does not last is not written, and makes no folder', () => {
    const run = temporaryFolder();
    open(run).remember([result('a', 1, 'writing'), result('b', 1, 'unreadable')]);
    expect(() => statSync(join(run, '.cairn'))).toThrow();
  });

  test('is for the owner’s eyes alone', () => {
    const run = temporaryFolder();
    open(run).remember([result('a')]);
    expect(statSync(pathIn(run)).mode & 0o777).toBe(0o600);
  });

  test('is not lost to a last line that a crash tore, nor to lines of rubbish', () => {
    const run = temporaryFolder();
    open(run).remember([result('a')]);
    appendFileSync(pathIn(run), 'rubbish\n{"id":1}\nnull\n[]\n{"id":"torn","iden');
    open(run).remember([result('b')]);
    const log = open(run);
    expect([log.get('a')?.id, log.get('b')?.id, log.get('torn')]).toEqual(['a', 'b', null]);
  });

  test('is known to this session where it cannot be written', () => {
    const run = temporaryFolder();
    put(run, '.cairn', 'a file in its place');
    const log = open(run);
    log.remember([result('a')]);
    expect(log.get('a')).toEqual(result('a'));
  });

  test('is not written through a link that leads elsewhere', () => {
    const [run, elsewhere] = [temporaryFolder(), temporaryFolder()];
    symlinkSync(elsewhere, join(run, '.cairn'));
    open(run).remember([result('a')]);
    expect(() => statSync(join(elsewhere, 'verifications.jsonl'))).toThrow();
  });
});

describe('what is in the place of the log', () => {
  test('is left alone when it is a link, wherever that leads', () => {
    const run = temporaryFolder();
    const victim = put(temporaryFolder(), 'victim', 'precious\n');
    mkdirSync(join(run, '.cairn'));
    symlinkSync(victim, pathIn(run));
    const log = open(run);
    log.remember([result('a')]);
    expect(readFileSync(victim, 'utf8')).toBe('precious\n');
    expect(log.get('a')).toEqual(result('a'));
  });

  test('holds nobody up when it is a pipe, with or without a reader', () => {
    const run = temporaryFolder();
    mkdirSync(join(run, '.cairn'));
    execFileSync('mkfifo', [pathIn(run)]);
    const log = open(run);
    log.remember([result('a')]);
    const reader = openSync(pathIn(run), constants.O_RDONLY | constants.O_NONBLOCK);
    log.remember([result('b')]);
    expect(() => readSync(reader, Buffer.alloc(1))).not.toThrow();
    closeSync(reader);
    expect([log.get('a'), log.get('b')]).toEqual([result('a'), result('b')]);
  });

  test('nor does a link or a pipe where the log is written anew', () => {
    for (const trap of ['link', 'pipe']) {
      const run = temporaryFolder();
      const victim = put(temporaryFolder(), 'victim', 'precious\n');
      const guessed = `${pathIn(run)}.${process.pid}.tmp`;
      mkdirSync(join(run, '.cairn'));
      if (trap === 'link') symlinkSync(victim, guessed);
      else execFileSync('mkfifo', [guessed]);
      const log = open(run);
      for (let size = 1; size <= 1010; size += 1) log.remember([result('a', size)]);
      expect(readFileSync(victim, 'utf8')).toBe('precious\n');
      expect(readFileSync(pathIn(run), 'utf8').split('\n').length).toBeLessThan(100);
      expect(readdirSync(join(run, '.cairn')).sort()).toEqual([basename(pathIn(run)), basename(guessed)]);
      expect(open(run).get('a')).toEqual(result('a', 1010));
    }
  });
});

test('the file does not grow without end, and loses nothing when it is written anew', () => {
  const run = temporaryFolder();
  const log = open(run);
  const names = Array.from({ length: 50 }, (_all, index) => `f${index}`);
  for (let size = 1; size <= 40; size += 1) log.remember(names.map((name) => result(name, size)));
  expect(readFileSync(pathIn(run), 'utf8').split('\n').length).toBeLessThan(1200);
  const again = open(run);
  expect(names.map((name) => again.get(name))).toEqual(names.map((name) => result(name, 40)));
});

describe('what others write meanwhile', () => {
  test('is told once, the newest of each; what was written here is not', () => {
    const run = temporaryFolder();
    const [log, other] = [open(run), open(run)];
    expect(log.refresh()).toEqual([]);
    log.remember([result('a')]);
    other.remember([result('b'), result('c')]);
    log.remember([result('d')]);
    other.remember([result('a', 2), result('c', 2)]);
    expect(log.refresh()).toEqual([result('b'), result('c', 2), result('a', 2)]);
    expect(log.refresh()).toEqual([]);
    expect(log.get('a')).toEqual(result('a', 2));
    expect(other.refresh()).toEqual([result('d')]);
  });

  test('counts once its line is whole', () => {
    const run = temporaryFolder();
    const log = open(run);
    log.remember([result('a')]);
    const line = `${JSON.stringify(result('b'))}\n`;
    appendFileSync(pathIn(run), line.slice(0, 20));
    expect(log.refresh()).toEqual([]);
    appendFileSync(pathIn(run), line.slice(20));
    expect(log.refresh()).toEqual([result('b')]);
  });

  test('is not lost where the file is written anew, here or there', () => {
    const run = temporaryFolder();
    const [log, other] = [open(run), open(run)];
    other.remember([result('b')]);
    for (let size = 1; size <= 1010; size += 1) log.remember([result('a', size)]);
    expect(open(run).get('b')).toEqual(result('b'));
    expect(log.refresh()).toEqual([result('b')]);
    expect(other.refresh()).toEqual([result('a', 1010)]);
    other.remember([result('b', 2)]);
    expect(log.refresh()).toEqual([result('b', 2)]);
    expect(open(run).get('a')).toEqual(result('a', 1010));
  });
});

describe('a log of more lines than verifying ever writes', () => {
  const line = `${JSON.stringify(result('a'))}\n`;

  test('counts as none, which is told, until the next result makes it anew', () => {
    const run = temporaryFolder();
    put(run, '.cairn/verifications.jsonl', line + 'x\n'.repeat(2_000_000));
    const log = open(run);
    expect(log.get('a')).toBeNull();
    expect(log.problems).toEqual([
      {
        path: '.cairn/verifications.jsonl',
        problem: expect.stringMatching(/^has more than 2,000,000 lines: /),
      },
    ]);
    log.remember([result('b')]);
    expect(log.problems).toEqual([]);
    expect(readFileSync(pathIn(run), 'utf8').split('\n')).toHaveLength(2);
    expect(open(run).get('b')).toEqual(result('b'));
  });

  test('is none of those that are mostly empty lines', () => {
    const run = temporaryFolder();
    put(run, '.cairn/verifications.jsonl', '\n'.repeat(3_000_000) + line);
    const log = open(run);
    expect(log.get('a')).toEqual(result('a'));
    expect(log.problems).toEqual([]);
  });
});
