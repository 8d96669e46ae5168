import {
  baseConfig,
  list,
  MAX_DELIVERY,
  moneyConfig,
  mongoConfig,
  parseConfig,
  sessionConfig,
} from '@ticketing/common';
import { z } from 'zod';

const deliveryConfig = {
  /** Keys of what is handed over, at rest; the first one encrypts. */
  DELIVERY_KEY: list,
  /** Key of the hashes of content and barcodes. It never changes: with another one, a ticket could be listed twice. */
  BARCODE_KEY: z.string().min(1),
  /** Within how many hours of its sale a promised delivery is due. */
  DELIVERY_HOURS: z.coerce.number().positive().default(24),
  /** How many bytes of one seller's files are kept that no buyer has paid for. */
  DELIVERY_BYTES_PER_SELLER: z.coerce
    .number()
    .int()
    .min(MAX_DELIVERY)
    .default(500 * 1024 * 1024),
  /** The highest price in percent of a ticket's face value, where that is given; empty or unset: any. */
  PRICE_CAP_PERCENT: z
    .literal('')
    .transform(() => undefined)
    .or(z.coerce.number().min(1).max(10_000))
    .optional(),
  /** Only those whose address is confirmed may list tickets. */
  CONFIRM_BEFORE_SELLING: z.stringbool().default(false),
};

export const readConfig = () =>
  parseConfig({ ...baseConfig, ...mongoConfig, ...sessionConfig, ...moneyConfig, ...deliveryConfig }, process.env);
