import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { Presence } from './presence.ts';

const run = (folder: string) => ({ folder, kind: 'run' as const });
const never = () => new Promise<boolean>(() => undefined);

test('what is there is told from what is not: folders, and checkpoints', async () => {
  const folder = temporaryFolder();
  const file = put(folder, 'a.pt', '');
  const other = put(folder, 'b.pt', '');
  const places = [run(folder), run(other), run('/gone'), { folder: file, kind: 'checkpoint' as const }];
  const told = await new Presence().of(places, () => undefined);
  expect(told).toEqual([true, false, false, true]);
});

test('a place that never answers holds up no list, and only one look is at it', async () => {
  const looked: string[] = [];
  const presence = new Presence(({ folder }) => {
    looked.push(folder);
    return folder === '/dead' ? never() : Promise.resolve(false);
  });
  const places = ['/a', '/dead', '/b'].map(run);
  expect(await presence.of(places, () => undefined)).toEqual([false, true, true]);
  expect(await presence.of(places, () => undefined)).toEqual([false, true, true]);
  expect(looked).toEqual(['/a', '/dead']);
});

test('an answer that comes late is told where it is another', async () => {
  const answers: ((isPresent: boolean) => void)[] = [];
  const presence = new Presence(() => new Promise((resolve) => answers.push(resolve)));
  const late = new Promise<void>((resolve) => {
    void presence.of([run('/a')], resolve).then((told) => {
      expect(told).toEqual([true]);
      answers[0]?.(false);
    });
  });
  await late;
  const again = presence.of([run('/a')], () => undefined);
  answers[1]?.(false);
  expect(await again).toEqual([false]);
});

test('what does not answer is known before it is opened, by one look however often one tries', async () => {
  let looks = 0;
  const look = ({ folder }: { folder: string }) => {
    looks += 1;
    return folder === '/dead' ? never() : Promise.resolve(false);
  };
  const presence = new Presence(look, { list: 1, open: 1 });
  expect(await presence.answers(run('/gone'))).toBe(true);
  expect([await presence.answers(run('/dead')), await presence.answers(run('/dead'))]).toEqual([
    false,
    false,
  ]);
  expect(looks).toBe(2);
});
