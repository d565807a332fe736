/** Reads what shows charts. */
export function loadCharts() {
  return import('../charts/ChartsPage.tsx');
}

/** Reads what shows versions side by side. */
export function loadSideBySide() {
  return import('../side-by-side/SideBySidePage.tsx');
}

/** Reads what shows what is in a file. */
export function loadContents() {
  return import('../contents/ContentsTab.tsx');
}

/** What is likely to be asked for next in a run, the likeliest first. */
export const likelyNext = [loadSideBySide, loadContents, loadCharts] as const;
