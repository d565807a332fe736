/** The scheme and host that our own pages are served from, and nothing else is. */
export const pageScheme = 'app';
export const pageHost = 'cairn';
export const pageUrl = `${pageScheme}://${pageHost}/index.html`;

/** Whether a URL is one of our own pages; decided on the parsed URL, never on its text. */
export function isOwnPage(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${pageScheme}:` && host === pageHost && username === '' && password === '';
}
