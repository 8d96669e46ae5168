import type { ProxyConfig } from './config';
import { createProxy } from './proxy';

const config = JSON.parse(process.argv[2] ?? '') as ProxyConfig;
const proxy = createProxy(config.routes);
proxy.listen(config.port, '127.0.0.1');
process.once('SIGTERM', () => {
  proxy.close(() => process.exit(0));
  proxy.closeAllConnections();
});
