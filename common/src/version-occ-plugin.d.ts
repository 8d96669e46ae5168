declare module 'mongoose-update-if-current/lib/version-occ-plugin' {
  import type { Schema } from 'mongoose';

  /** The package's versioning plugin: a save succeeds only on the version that was loaded. */
  export function versionOCCPlugin(schema: Schema): void;
}
