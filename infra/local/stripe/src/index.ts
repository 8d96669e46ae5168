import { readConfig } from './config';
import { startEmulator, type Emulator } from './emulator';
import { logToStdout } from './logger';

async function main(): Promise<void> {
  const emulator = await startEmulator(readConfig(), logToStdout);
  process.once('SIGTERM', () => void stop(emulator));
  process.once('SIGINT', () => void stop(emulator));
}

async function stop(emulator: Emulator): Promise<void> {
  await emulator.close();
  process.exit(0);
}

main().catch((error: unknown) => {
  logToStdout('cannot start', { error: error instanceof Error ? error.message : String(error) });
  process.exit(1);
});
