import { baseConfig, parseConfig } from '@ticketing/common';
import { z } from 'zod';

export const readConfig = () =>
  parseConfig({ ...baseConfig, REDIS_URL: z.url().default('redis://expiration-redis-srv:6379') }, process.env);
