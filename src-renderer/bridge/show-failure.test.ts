import { notifications, notificationsStore } from '@mantine/notifications';
import { beforeEach, expect, test } from 'vitest';
import type { Result } from '../../shared/failure.ts';
import { valueOrNotice } from './show-failure.ts';

const failed: Result<number> = { ok: false, failure: { code: 'Usage', message: 'it is gone', path: null } };
const shown = () => notificationsStore.getState().notifications.map(({ title }) => title);

// Tests share the store.
beforeEach(() => notifications.clean());

test('a failure is told to whoever waits for the answer', async () => {
  expect(await valueOrNotice(Promise.resolve(failed))).toBeNull();
  expect(shown()).toEqual(['it is gone']);
});

test('of an answer that nobody waits for any more nothing is told', async () => {
  expect(await valueOrNotice(Promise.resolve(failed), () => false)).toBeNull();
  expect(
    await valueOrNotice(Promise.resolve<Result<number>>({ ok: true, value: 7 }), () => false),
  ).toBeNull();
  expect(shown()).toEqual([]);
});
