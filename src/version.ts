import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** It lies one folder higher above what was built than above the sources. */
const MANIFEST: { version: string; peerDependencies: Record<string, string> } = JSON.parse(
  readFileSync(findPackageJSON(import.meta.url) as string, 'utf8'),
);

/** The version in package.json. */
export const VERSION = MANIFEST.version;

/** Packages that not everybody needs, in the versions of package.json, as npm takes them: `bullmq@6.7.0 pg@8.23.1`. */
export function withVersions(names: readonly string[]): string {
  return names.map((name) => `${name}@${MANIFEST.peerDependencies[name]}`).join(' ');
}
