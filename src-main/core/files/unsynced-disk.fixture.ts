import { type Disk, realDisk } from './disk.ts';

/** The real disk, for what loses no power: waiting for the medium would take most of the time. */
export const unsyncedDisk: Disk = {
  ...realDisk,
  create: async (path) => ({ ...(await realDisk.create(path)), sync: async () => undefined }),
  reopen: async (path) => ({ ...(await realDisk.reopen(path)), sync: async () => undefined }),
  append: async (path) => ({ ...(await realDisk.append(path)), sync: async () => undefined }),
  open: async (path) => ({ ...(await realDisk.open(path)), sync: async () => undefined }),
  syncFolder: async () => undefined,
};
