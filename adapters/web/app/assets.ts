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

interface Asset {
  content: string;
  type: string;
  etag: string;
}

/** Adds the page's script and style, as they are on the disk now; nothing else of it can be reached. */
export function addAssets(app: Hono): void {
  const assets = readAssets();
  app.get('/playground/:name', (context) => {
    const asset = assets.get(context.req.param('name'));
    if (!asset) return context.notFound();
    context.header('ETag', asset.etag);
    // Modules import each other by their bare names: none may be older than another.
    context.header('Cache-Control', 'no-cache');
    if (fresh(context.req.header(), { etag: asset.etag })) return context.body(null, 304);
    context.header('Content-Type', asset.type);
    return context.body(asset.content);
  });
}

function readAssets(): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(FOLDER)) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const content = readFileSync(new URL(name, FOLDER), 'utf8');
    assets.set(name, { content, type, etag: etag(content) });
  }
  return assets;
}
