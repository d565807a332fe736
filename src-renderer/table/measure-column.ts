/** The width at which everything now on screen in a column can be read, in pixels. */
export function measureColumn(table: HTMLElement, position: number): number {
  table.setAttribute('data-measured', '');
  const before = table.style.getPropertyValue('--columns');
  table.style.setProperty('--columns', before.split(' ').with(position, 'max-content').join(' '));
  const cells = [...table.querySelectorAll('[role="row"]')].map((row) => row.children.item(position));
  const widths = cells.map((cell) => cell?.getBoundingClientRect().width ?? 0);
  table.style.setProperty('--columns', before);
  table.removeAttribute('data-measured');
  return Math.max(...widths);
}
