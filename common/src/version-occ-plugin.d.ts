declare module 'mongoose-update-if-current/lib/version-occ-plugin' {
  import type { Schema } from 'mongoose';

  /** The package's plugin for a version that counts: a save takes place only on the version that was loaded. */
  export function versionOCCPlugin(schema: Schema): void;
}
