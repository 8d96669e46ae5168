import { together } from './together';

together({ windowSeconds: 15, replicas: 2 }, ['./races.test', './sessions.test']);
