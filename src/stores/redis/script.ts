import { createHash } from 'node:crypto';

/**
 * A script of the server's, by the digest under which it remembers it. `ARGV[1]` is the prefix of all keys, without
 * its colon; keys come as arguments, as one server holds all of them.
 */
export interface Script {
  lua: string;
  sha1: string;
}

export function defineScript(lua: string): Script {
  return { lua, sha1: createHash('sha1').update(lua).digest('hex') };
}
