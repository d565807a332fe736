import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somewhere on the web, as far as the app can tell: whatever is asked for is counted, `/redirect` leads to `/landed`. */
export interface WebServer {
  url: string;
  hits: readonly string[];
  close(): Promise<void>;
}

export async function startWebServer(): Promise<WebServer> {
  const hits: string[] = [];
  const server: Server = createServer((request, response) => {
    hits.push(request.url ?? '');
    if (request.url === '/redirect') response.writeHead(302, { Location: '/landed' }).end();
    else response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>landed</title>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, hits, close };
}
