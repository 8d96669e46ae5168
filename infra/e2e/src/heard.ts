import { eventually } from './eventually';

/**
 * Repeats a request until its service has heard of what another has just made: on a busy machine, that takes longer than
 * a request waits for it.
 */
export async function onceHeard<T>(request: () => Promise<T>): Promise<T> {
  const outcome = await eventually(async () => {
    const [answer] = await Promise.allSettled([request()]);
    if (answer.status === 'rejected' && (answer.reason as { status?: number }).status === 404) throw answer.reason;
    return answer;
  });
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}
