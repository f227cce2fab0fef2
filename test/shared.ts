import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** One daily list as the source answered it on its day; items as served, most votes first. */
export interface CorpusDay {
  day: string;
  items: unknown[];
}

const candidate = fileURLToPath(new URL('../../shared', import.meta.url));

/**
 * Path of the folder `shared` beside the project: real answers and labelled sets, too large to live here.
 * Undefined where a checkout stands alone; tests that need it then skip, visibly.
 */
export const sharedFolder: string | undefined = existsSync(candidate) ? candidate : undefined;

/** Every day of the corpus, oldest first; empty when it is not here. Reads 7 MB of gzip: call it once a file. */
export function readCorpus(): CorpusDay[] {
  if (!sharedFolder) return [];
  const folder = join(sharedFolder, 'corpus');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl.gz'))
    .sort()
    .flatMap((name) => readMonth(join(folder, name)));
}

function readMonth(path: string): CorpusDay[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as CorpusDay);
}
