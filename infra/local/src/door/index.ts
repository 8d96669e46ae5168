import type { DoorConfig } from './config';
import { createDoor } from './door';

const config = JSON.parse(process.argv[2] ?? '') as DoorConfig;
const door = createDoor(config.routes);
door.listen(config.port, '127.0.0.1');
process.once('SIGTERM', () => {
  door.close(() => process.exit(0));
  door.closeAllConnections();
});
