import { readFileSync } from 'node:fs';
import { etag } from 'etag';
import fresh from 'fresh';
import type { Context, Hono } from 'hono';

const TYPES = {
  'site.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
  'favicon.ico': 'image/x-icon',
} as const;

/** What pages need beside themselves. */
export type AssetName = keyof typeof TYPES;

interface Asset {
  content: Uint8Array<ArrayBuffer>;
  type: string;
  etag: string;
}

/** Each is read once, when it is first needed. */
const read = new Map<AssetName, Asset>();

function assetOf(name: AssetName): Asset {
  const known = read.get(name);
  if (known) return known;
  const content = new Uint8Array(readFileSync(new URL(`./assets/${name}`, import.meta.url)));
  const asset = { content, type: TYPES[name], etag: etag(Buffer.from(content)) };
  read.set(name, asset);
  return asset;
}

/** The address of an asset as it is now: it changes with the content, so that it may be kept for ever. */
export function assetPath(name: AssetName): string {
  return `/assets/${name}?v=${versionOf(assetOf(name))}`;
}

function versionOf(asset: Asset): string {
  return asset.etag.replace(/\W/g, '').slice(0, 12);
}

const FOR_EVER = 'public, max-age=31536000, immutable';
const FOR_A_WHILE = 'public, max-age=300';

/** Adds `/assets/…` and `/favicon.ico`; nothing else of the disk can be reached. */
export function addAssets(app: Hono): void {
  for (const name of Object.keys(TYPES) as AssetName[]) {
    const path = name === 'favicon.ico' ? '/favicon.ico' : `/assets/${name}`;
    app.get(path, (context) => sendAsset(context, assetOf(name)));
  }
}

function sendAsset(context: Context, asset: Asset): Response {
  const isNamed = context.req.query('v') === versionOf(asset);
  context.header('ETag', asset.etag);
  context.header('Cache-Control', isNamed ? FOR_EVER : FOR_A_WHILE);
  if (fresh(context.req.header(), { etag: asset.etag })) return context.body(null, 304);
  context.header('Content-Type', asset.type);
  return context.body(asset.content);
}
