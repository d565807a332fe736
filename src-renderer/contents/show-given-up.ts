import { notifications } from '@mantine/notifications';

/** An export reads the file that is open: nothing of it is kept once another is looked into. */
export function showGivenUp(): void {
  notifications.show({
    title: 'The export was stopped',
    message: 'What it was of is no longer open. Nothing was written.',
  });
}
