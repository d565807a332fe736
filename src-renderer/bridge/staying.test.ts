import { notifications, notificationsStore } from '@mantine/notifications';
import { beforeEach, expect, test } from 'vitest';
import { staying } from './staying.ts';

// Tests share the store.
beforeEach(() => notifications.clean());

test('toasts that stay make room for one that goes by itself, and come back after it', () => {
  const { limit } = notificationsStore.getState();
  const failures = Array.from({ length: limit }, (_, index) => `failure ${index}`);
  for (const id of failures) notifications.show({ id, message: id, ...staying });
  notifications.show({ id: 'undo', message: 'v1 is in the trash', autoClose: 12_000 });
  const shown = () => notificationsStore.getState().notifications.map(({ id }) => id);
  expect(shown()).toContain('undo');
  notifications.hide('undo');
  expect(shown()).toEqual(failures);
});
