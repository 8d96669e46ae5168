import type { ProxyConfig } from './config';
import { drain } from './drain';
import { createProxy } from './proxy';

const config = JSON.parse(process.argv[2] ?? '') as ProxyConfig;
const proxy = createProxy(config.routes);
const end = drain(proxy);
proxy.listen(config.port, '127.0.0.1');
process.once('SIGTERM', () => void end().then(() => process.exit(0)));
