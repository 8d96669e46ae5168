import { baseConfig, mongoConfig, parseConfig, sessionConfig } from '@ticketing/common';

export const readConfig = () => parseConfig({ ...baseConfig, ...mongoConfig, ...sessionConfig }, process.env);
