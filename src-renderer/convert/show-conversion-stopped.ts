import { notifications } from '@mantine/notifications';

/** Its dialog is gone. */
export function showConversionStopped(): void {
  notifications.show({
    title: 'The other file is not written',
    message: 'Its dialog was closed. Nothing is left of it.',
  });
}
