import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { etag } from 'etag';
import fresh from 'fresh';
import type { Hono } from 'hono';

const FOLDER = new URL('../assets/', import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

const MAIN = 'main.js';
const FOR_EVER = 'public, max-age=31536000, immutable';

interface Asset {
  content: string;
  type: string;
  etag: string;
}

interface Assets {
  /** Changes with whatever changes in any of them. */
  version: string;
  byName: ReadonlyMap<string, Asset>;
}

/** All are read once, when one is first needed. */
let read: Assets | undefined;

function assets(): Assets {
  read ??= readAssets();
  return read;
}

function readAssets(): Assets {
  const byName = new Map<string, Asset>();
  const hash = createHash('sha256');
  for (const name of readdirSync(FOLDER).sort()) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const content = readFileSync(new URL(name, FOLDER), 'utf8');
    byName.set(name, { content, type, etag: etag(content) });
    hash.update(JSON.stringify([name, content]));
  }
  return { version: hash.digest('hex').slice(0, 12), byName };
}

/**
 * The address of one of the page's own files as they are now. It changes with the content of any of them, so that each may
 * be kept for ever: modules import each other by their bare names, and none is older than another.
 */
export function assetPath(name: string): string {
  return `/playground/${assets().version}/${name}`;
}

/** The page's script, and the modules that it is made of, which are better asked for at once than one after the other. */
export function scriptPaths(): { main: string; modules: string[] } {
  const names = [...assets().byName.keys()].filter((name) => extname(name) === '.js' && name !== MAIN);
  return { main: assetPath(MAIN), modules: names.map(assetPath) };
}

/** Adds the page's script and style; nothing else of the disk can be reached, and nothing of another version. */
export function addAssets(app: Hono): void {
  const { version, byName } = assets();
  app.get('/playground/:version/:name', (context) => {
    const { version: asked, name } = context.req.param();
    const asset = asked === version ? byName.get(name) : undefined;
    if (!asset) return context.notFound();
    context.header('ETag', asset.etag);
    context.header('Cache-Control', FOR_EVER);
    if (fresh(context.req.header(), { etag: asset.etag })) return context.body(null, 304);
    context.header('Content-Type', asset.type);
    return context.body(asset.content);
  });
}
