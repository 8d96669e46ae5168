import 'server-only';
import path from 'node:path';
import { readMarket, type MarketSettings } from '@ticketing/common/contract';

/** The marketplace settings shown to people: the same as the services'. */
export const marketSettings = (): MarketSettings => readMarket(process.env);

/** Who runs the site; undefined on a development copy. */
export interface Operator {
  name: string | undefined;
  /** On one line. */
  address: string | undefined;
  /** The address that people write to. */
  mail: string;
}

export const operator = (): Operator => ({
  name: process.env.OPERATOR_NAME || undefined,
  address: process.env.OPERATOR_ADDRESS || undefined,
  mail: process.env.MAIL_SUPPORT || 'support@ticketing.dev',
});

/** The folders of text pages: the operator's, if any, whose files replace ours one by one; and ours. */
export const wordsFolders = (): string[] => [
  ...(process.env.WORDS_DIR ? [process.env.WORDS_DIR] : []),
  // Standalone and in development the server runs in the client's folder; with `next start client`, above it.
  path.join(process.cwd(), 'words'),
  path.join(process.cwd(), 'client/words'),
];
