// Generates the API description served at /api/openapi.json.
import fs from 'node:fs';
import path from 'node:path';
import { describeApi } from '@ticketing/common/contract/openapi';

const file = path.join(import.meta.dirname, 'public/api/openapi.json');
fs.writeFileSync(file, `${JSON.stringify(describeApi(), null, 2)}\n`);
