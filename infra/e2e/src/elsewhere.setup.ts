import { elsewhere } from './config';
import { reach } from './reach';

/** Setup for tests of a system that runs elsewhere. */
export default function setUp(): void {
  if (elsewhere) reach(elsewhere.url, elsewhere.address);
}
