/** What keeps a cell of a pinned column in view at the left; nothing for the others. The grid has the edges. */
export function pinOf(position: number, pinnedCount: number) {
  if (position >= pinnedCount) return {};
  return {
    'data-pinned': position === pinnedCount - 1 ? 'last' : 'yes',
    style: { left: `var(--left-${position})` },
  };
}
