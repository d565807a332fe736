import { valueOrNotice } from '../bridge/show-failure.ts';

export async function starRecent(recentId: string, starred: boolean): Promise<void> {
  await valueOrNotice(window.cairn.request('starRecent', { recentId, starred }));
}

export async function forgetRecent(recentId: string): Promise<void> {
  await valueOrNotice(window.cairn.request('forgetRecent', { recentId }));
}

export async function clearRecents(): Promise<void> {
  await valueOrNotice(window.cairn.request('clearRecents', {}));
}
