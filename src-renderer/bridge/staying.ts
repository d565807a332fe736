/** For a toast that stays until somebody has read it. It makes room for those that go by themselves: they offer a way back for moments only. */
export const staying = { autoClose: false, priority: -1 } as const;
