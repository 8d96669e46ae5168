import {
  baseConfig,
  list,
  marketConfig,
  MAX_DELIVERY,
  moneyConfig,
  mongoConfig,
  parseConfig,
  sessionConfig,
} from '@ticketing/common';
import { z } from 'zod';

const deliveryConfig = {
  /** Keys that encrypt deliveries at rest; the first one encrypts. */
  DELIVERY_KEY: list,
  /** Key of the hashes of content and barcodes. It never changes: with another one, a ticket could be listed twice. */
  BARCODE_KEY: z.string().min(1),
  DELIVERY_HOURS: marketConfig.DELIVERY_HOURS,
  /** Maximum bytes of one seller's files that no buyer has paid for. */
  DELIVERY_BYTES_PER_SELLER: z.coerce
    .number()
    .int()
    .min(MAX_DELIVERY)
    .default(500 * 1024 * 1024),
  /** Maximum bytes of all sellers' files, on a disk that has room for more. */
  DELIVERY_BYTES: z.coerce
    .number()
    .int()
    .min(MAX_DELIVERY)
    .default(2 * 1024 ** 3),
  PRICE_CAP_PERCENT: marketConfig.PRICE_CAP_PERCENT,
  /** Only accounts with a confirmed address may list tickets. */
  CONFIRM_BEFORE_SELLING: z.stringbool().default(false),
  /** Descriptions with addresses, telephone numbers or links wait for the support desk before they are shown. */
  REVIEW_CONTACTS: z.stringbool().default(false),
};

export const readConfig = () =>
  parseConfig({ ...baseConfig, ...mongoConfig, ...sessionConfig, ...moneyConfig, ...deliveryConfig }, process.env);
