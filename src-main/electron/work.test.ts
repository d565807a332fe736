import { expect, test, vi } from 'vitest';
import { Works } from './work.ts';

const subject = { runId: 'run', kind: 'measure' } as const;
const forever = ({ signal }: { signal: AbortSignal }) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

test('what work comes to is told once, as JSON', async () => {
  const works = new Works(() => undefined);
  const id = works.start(subject, async () => ({ mean: Number.NaN }));
  expect(await works.finish(id)).toBe('{"mean":"NaN"}');
  await expect(works.finish(id)).rejects.toThrow('no such work');
  expect(await works.finish(works.start(subject, async () => undefined))).toBe('null');
});

test('parts of what work comes to can be read while it goes on, each once', async () => {
  const works = new Works(() => undefined);
  const id = works.start(subject, async (tools) => {
    for (const norm of [1, 2, Number.POSITIVE_INFINITY]) tools.onPart({ norm });
    return forever(tools);
  });
  expect(works.readParts(id, 0)).toBe('[{"norm":1},{"norm":2},{"norm":"Infinity"}]');
  expect(works.readParts(id, 2)).toBe('[{"norm":"Infinity"}]');
  expect(works.readParts(id, 3)).toBe('[]');
  works.cancel(id);
  expect(await works.finish(id)).toBeNull();
  expect(() => works.readParts(id, 0)).toThrow('no such work');
});

test('cancelled work comes to nothing, and its failure is not told', async () => {
  const works = new Works(() => undefined);
  const id = works.start(subject, forever);
  works.cancel(id);
  expect(await works.finish(id)).toBeNull();
});

test('work that came to its end before it heard that it was cancelled is done, and says what it did', async () => {
  const tell = vi.fn();
  const works = new Works(tell);
  const id = works.start({ ...subject, kind: 'verify' }, async ({ signal }) => {
    await new Promise((heard) => signal.addEventListener('abort', heard));
    return { operation: 'id' };
  });
  works.cancel(id);
  expect(await works.finish(id)).toBe('{"operation":"id"}');
  expect(tell.mock.lastCall).toMatchObject([{ taskId: id, state: 'done' }]);
});

test('closing a run cancels its work and no other', async () => {
  const works = new Works(() => undefined);
  const [own, other] = [
    works.start({ ...subject, runId: 'a' }, forever),
    works.start({ ...subject, runId: 'b' }, forever),
  ];
  works.cancelRun('a');
  expect(await works.finish(own)).toBeNull();
  works.cancelAll();
  expect(await works.finish(other)).toBeNull();
});

test('what only looks is nothing to ask about before a window closes, nor what is over or was cancelled', async () => {
  const works = new Works(() => undefined);
  for (const kind of ['verify', 'verify backups', 'plan a prune', 'compare', 'measure'] as const)
    works.start({ ...subject, kind }, forever);
  works.cancel(works.start({ ...subject, kind: 'seal' }, forever));
  await works.finish(works.start({ ...subject, kind: 'prune' }, async () => undefined));
  expect(works.underWay()).toEqual([]);
  works.start({ runId: 'b', kind: 'back up' }, forever);
  expect(works.underWay()).toEqual([{ runId: 'b', kind: 'back up' }]);
  works.cancelAll();
});

test('a failure is told to whoever asks for the result', async () => {
  const works = new Works(() => undefined);
  const id = works.start(subject, () => Promise.reject(new Error('the disk is gone')));
  await expect(works.finish(id)).rejects.toThrow('the disk is gone');
});

test('progress is told while work goes on, and never after', async () => {
  const tell = vi.fn();
  const works = new Works(tell);
  const id = works.start(subject, async ({ onBytes, expect: expectBytes }) => {
    expectBytes(10);
    onBytes(4);
    await vi.waitFor(
      () =>
        expect(tell).toHaveBeenCalledWith(
          expect.objectContaining({ taskId: id, state: 'running', bytesDone: 4, bytesTotal: 10 }),
        ),
      15_000,
    );
  });
  await works.finish(id);
  expect(tell.mock.lastCall).toMatchObject([{ taskId: id, state: 'done' }]);
  const told = tell.mock.calls.length;
  await new Promise((done) => setTimeout(done, 150));
  expect(tell).toHaveBeenCalledTimes(told);
});

test('what is over in a moment is not told of, but for what a verification found', async () => {
  const tell = vi.fn();
  const works = new Works(tell);
  await works.finish(works.start(subject, async () => 1));
  expect(tell).not.toHaveBeenCalled();
  await works.finish(
    works.start({ ...subject, kind: 'verify' }, async ({ expect: expectBytes, onFile }) => {
      expectBytes(10, 2);
      onFile(true, 'verified');
      onFile(false, 'torn');
    }),
  );
  expect(tell).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({
      ...{ state: 'done', filesDone: 2, filesTotal: 2, problems: 1 },
      found: [
        ['verified', 1],
        ['torn', 1],
      ],
    }),
  );
});

test('work that changes something is not dropped for others that only look', async () => {
  const works = new Works(() => undefined);
  const id = works.start({ ...subject, kind: 'back up' }, forever);
  for (let count = 0; count < 20; count += 1) works.start(subject, forever);
  works.cancelAll();
  expect(await works.finish(id)).toBeNull();
});

test('work that nobody asks after does not pile up', async () => {
  const works = new Works(() => undefined);
  const ids = Array.from({ length: 9 }, () => works.start(subject, forever));
  await expect(works.finish(ids[0] ?? '')).rejects.toThrow('no such work');
  works.cancelAll();
  expect(await works.finish(ids[8] ?? '')).toBeNull();
});
