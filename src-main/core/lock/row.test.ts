import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Row } from './row.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('Nothing is left behind: of a training that saves for weeks no result stays in memory, nor what went wrong', async () => {
  const row = new Row();
  const came: WeakRef<object>[] = [];
  const turn = (result: object) => {
    came.push(new WeakRef(result));
    return row.take(1000, 'lock', async (working) =>
      working('save', async () => {
        if (result instanceof Error) throw result;
        return result;
      }),
    );
  };
  for (let count = 0; count < 10; count += 1) {
    await turn({ count });
    await turn(new Error('it failed')).catch(() => undefined);
  }
  await row.take(1000, 'lock', async () => undefined);
  // Until its turn ends, what a weak reference was made to is held.
  await nextTurn();
  collect();
  // The engine may hold the last one for a while.
  expect(came.filter((each) => each.deref() !== undefined).length).toBeLessThan(came.length / 4);
});
