import { Notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import './toasts.css';

/** What was done and what failed, for a while, in a strip above the bottom line: it covers nothing that can be pressed, and leaves that line where it is. */
export function Toasts() {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = document.documentElement;
    // Dialogs stand before everything; they leave the strip free, and what is below it.
    const tell = () => root.style.setProperty('--toasts-height', `${roomOf(strip.current)}px`);
    const observer = new ResizeObserver(tell);
    if (strip.current) observer.observe(strip.current);
    return () => {
      observer.disconnect();
      root.style.removeProperty('--toasts-height');
    };
  }, []);
  return (
    <div ref={strip} className="toasts-strip">
      <Notifications
        className="toasts"
        position="bottom-left"
        withinPortal={false}
        autoClose={8000}
        limit={4}
        zIndex="auto"
      />
    </div>
  );
}

/** From its upper edge to the end of the window, in pixels; 0 while there is nothing in it. */
function roomOf(strip: HTMLElement | null): number {
  if (!strip || strip.offsetHeight === 0) return 0;
  return window.innerHeight - strip.getBoundingClientRect().top;
}
