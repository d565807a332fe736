import { Notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import './toasts.css';

/** What was done and what failed, for a while, in a strip below everything else: it covers nothing that can be pressed. */
export function Toasts() {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = document.documentElement;
    // Dialogs stand before everything; they leave the strip free.
    const tell = () => root.style.setProperty('--toasts-height', `${strip.current?.offsetHeight ?? 0}px`);
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
