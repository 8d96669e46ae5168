import { together } from './together';

together({ windowSeconds: 8 }, ['./faults.test', './expiry.test']);
