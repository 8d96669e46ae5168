/** Writes one line about something that happened. Nothing secret goes into `fields`. */
export type Log = (message: string, fields?: Record<string, unknown>) => void;

/** JSON lines on standard output. */
export const logToStdout: Log = (message, fields = {}) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), message, ...fields })}\n`);
};

/** For whoever runs the emulator inside another program. */
export const logNothing: Log = () => undefined;
