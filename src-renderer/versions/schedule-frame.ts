/** Does it with the next frame that is drawn once so many milliseconds have passed. */
export function scheduleFrame(flush: () => void, wait: number): void {
  if (wait > 0) setTimeout(() => requestAnimationFrame(flush), wait);
  else requestAnimationFrame(flush);
}
