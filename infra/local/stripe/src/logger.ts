/** Logs one line. `fields` must not contain secrets. */
export type Log = (message: string, fields?: Record<string, unknown>) => void;

/** JSON lines on standard output. */
export const logToStdout: Log = (message, fields = {}) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), message, ...fields })}\n`);
};

/** For programs that embed the emulator. */
export const logNothing: Log = () => undefined;
