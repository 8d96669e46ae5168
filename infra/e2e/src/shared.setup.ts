import { SHARED_WINDOW_SECONDS, System } from './stack';

let system: System | undefined;

/** Starts the system that test files share. */
export default async function setUp(): Promise<void> {
  system = await System.start({ windowSeconds: SHARED_WINDOW_SECONDS });
  system.share();
}

/** Stops it. */
export async function tearDown(): Promise<void> {
  await system?.stop();
}
