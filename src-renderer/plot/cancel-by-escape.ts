/** While something is being drawn, Esc gives it up and does nothing else. @returns what ends listening */
export function cancelByEscape(cancel: () => void): () => void {
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    // Whoever else listens would leave a choice, or a filter.
    event.stopImmediatePropagation();
    cancel();
  };
  window.addEventListener('keydown', press, { capture: true });
  return () => window.removeEventListener('keydown', press, { capture: true });
}
