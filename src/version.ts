import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** The version in package.json, which lies one folder higher above what was built than above the sources. */
export const VERSION: string = JSON.parse(
  readFileSync(findPackageJSON(import.meta.url) as string, 'utf8'),
).version;
