export { buildWorkers as setup } from './build-app.mjs';
