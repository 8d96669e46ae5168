import { baseConfig, moneyConfig, mongoConfig, parseConfig, sessionConfig } from '@ticketing/common';

export const readConfig = () =>
  parseConfig({ ...baseConfig, ...mongoConfig, ...sessionConfig, ...moneyConfig }, process.env);
