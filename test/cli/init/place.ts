import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setUp } from '../../../src/cli/init/set-up.ts';
import type { Feed } from '../../../src/domain/feed.ts';
import { withStore } from '../../end-to-end/bot-store.ts';
import { type SourceServer, startSourceServer } from '../../fakes/source-server.ts';
import { createScripted, type Script, type Scripted } from './scripted.ts';

/** A folder in which a bot is set up, and the source that it reads. */
export interface SetUpPlace {
  readonly folder: string;
  readonly envPath: string;
  /** The text of `.env`; undefined where there is none. */
  env(): string | undefined;
  /** Files of the folder, by their names. */
  files(): string[];
  /** Sets up; expects that every answer is asked for. Rejects as `setUp` does. */
  run(script: Script, environment?: Record<string, string>): Promise<{ code: number; prompts: Scripted }>;
  /** The same for who answers by themselves. */
  runWith(prompts: Scripted, environment?: Record<string, string>): Promise<number>;
  /** Those of the store. */
  feeds(): Promise<Feed[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** `own`: variables of the terminal. */
export async function openPlace(own: Record<string, string> = {}): Promise<SetUpPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-init-'));
  const source: SourceServer = await startSourceServer();
  const envPath = join(folder, '.env');
  const storeUrl = `sqlite:${folder}/data/test.db`;
  const terminal = {
    HUGGING_FACE_URL: source.url,
    ARXIV_URL: source.url,
    STORE_URL: storeUrl,
    HTTP_PORT: '0',
    ...own,
  };
  const runWith = (prompts: Scripted, environment: Record<string, string> = {}) =>
    setUp({
      path: envPath,
      environment: { ...terminal, ...environment },
      promptsFor: () => prompts,
    });
  return {
    folder,
    envPath,
    env: () => (existsSync(envPath) ? readFileSync(envPath, 'utf8') : undefined),
    files: () => readdirSync(folder),
    runWith,
    async run(script, environment) {
      const prompts = createScripted(script);
      const code = await runWith(prompts, environment);
      if (prompts.left > 0) throw new Error(`${prompts.left} answers were not asked for.`);
      return { code, prompts };
    },
    async feeds() {
      const found: Feed[] = [];
      await withStore(storeUrl, async (store) => {
        const feeds = await store.feeds.getMany(await store.ledger.feedIds());
        found.push(...feeds.values());
      });
      return found;
    },
    async [Symbol.asyncDispose]() {
      await source.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
