import type { Page } from '@playwright/test';

/** Names of the controls that lie outside of the window where nothing scrolls to them; what nobody can press is none. */
export function outsideWindow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (part: Element) =>
      /auto|scroll/.test(getComputedStyle(part).overflowX) && part.scrollWidth > part.clientWidth;
    const isReached = (part: Element | null): boolean =>
      part !== null && (scrolls(part) || isReached(part.parentElement));
    const isPressed = (control: Element) => getComputedStyle(control).pointerEvents !== 'none';
    return [...document.querySelectorAll('button, input, textarea, select, [role="tab"]')]
      .filter((control) => control.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .filter(isPressed)
      .filter((control) => {
        const { left, right, width } = control.getBoundingClientRect();
        return width > 0 && (left < -1 || right > window.innerWidth + 1) && !isReached(control.parentElement);
      })
      .map((control) => control.getAttribute('aria-label') ?? control.textContent ?? control.tagName);
  });
}
