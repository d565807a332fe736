/** Reads what shows versions side by side; begun when several are chosen, so that it is there when it is asked for. */
export function loadSideBySide() {
  return import('./SideBySidePage.tsx');
}
