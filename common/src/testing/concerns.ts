import { recorded } from './profile';

/** MongoDB's commands that read. */
const READS = ['find', 'aggregate', 'count', 'distinct'];

/** What `act` reads: the collection and the read concern of each query, such as `orders majority`. */
export const concernsOf = async (act: () => Promise<unknown>): Promise<string[]> =>
  (await recorded(act)).flatMap(({ command }) => {
    const name = READS.find((read) => read in command);
    if (!name) return [];
    const { [name]: collection, readConcern } = command as { readConcern?: { level: string } } & Record<string, string>;
    return `${collection} ${readConcern?.level ?? 'local'}`;
  });
