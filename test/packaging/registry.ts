import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What package.json of a package says; npm reads more of it than is named here. */
export interface Manifest {
  name: string;
  version: string;
}

/** One version of a package, as a folder or as the file that `npm pack` made. */
interface Published {
  manifest: Manifest;
  path: string;
}

/** A registry on this machine, so that npm really installs and no network is needed. */
export interface Registry {
  url: string;
  stop(): void;
}

/** It has the package in the file `tarball` and all that the lockfile has for whoever installs it, from node_modules. */
export async function startRegistry(manifest: Manifest, tarball: string): Promise<Registry> {
  const all: Published[] = [{ manifest, path: tarball }, ...lockedPackages()];
  const server = createServer(async ({ url = '' }, response) => {
    const path = decodeURIComponent(url.slice(1));
    const asked = all[Number(/^tarballs\/(\d+)$/.exec(path)?.[1])];
    if (asked) return await pipeline(tarOf(asked), response);
    const versions = all.filter(({ manifest: { name } }) => name === path);
    if (versions.length === 0) return response.writeHead(404).end('{}');
    response.end(JSON.stringify(documentOf(versions, ({ path }) => `${address}/tarballs/${indexOf(path)}`)));
  }).listen(0, '127.0.0.1');
  const indexOf = (path: string) => all.findIndex((one) => one.path === path);
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: address, stop: () => void server.close() };
}

function lockedPackages(): Published[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path]) => join(ROOT, path))
    .map((path) => ({ path, manifest: JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) }));
}

/** What a registry tells of a package. */
function documentOf(versions: readonly Published[], tarball: (one: Published) => string) {
  const name = versions[0]?.manifest.name;
  const entries = versions.map((one) => [
    one.manifest.version,
    { ...one.manifest, dist: { tarball: tarball(one) } },
  ]);
  return { name, 'dist-tags': { latest: entries.at(-1)?.[0] }, versions: Object.fromEntries(entries) };
}

/** npm takes the first folder in it away, whatever its name, and unpacks what is not compressed too. */
function tarOf({ path }: Published): NodeJS.ReadableStream {
  if (path.endsWith('.tgz')) return createReadStream(path);
  // Its own node_modules alone: some packages carry a folder of that name further down.
  const others = `--exclude=${basename(path)}/node_modules`;
  return spawn('tar', ['-cf', '-', others, '-C', dirname(path), basename(path)]).stdout;
}
