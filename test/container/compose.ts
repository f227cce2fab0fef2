import { readFileSync } from 'node:fs';
import { readYaml, type Yaml } from './yaml.ts';

/** A folder of names, as most of a compose file is. */
export type Mapping = { [name: string]: Yaml };

/** What stands in the file .env that the compose files ask for. */
export const ENV_FILE: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: 'a1b2c3',
  REDIS_PASSWORD: 'd4e5f6',
  SECRET_KEY: '0123456789abcdef'.repeat(4),
  DISCORD_TOKEN: 'a-token',
};

/** The file of this name at the root of the project. */
export function rootFile(name: string): string {
  return readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
}

/**
 * The services of compose files laid one over the other, as `docker compose -f … -f …` does it: mappings are merged, all
 * else is replaced, and `${NAME:?…}` is filled in.
 */
export function services(...files: readonly string[]): Map<string, Mapping> {
  const all = files.map((file) => mapping(readYaml(filled(rootFile(file))).services));
  return new Map(Object.entries(all.reduce(merged)).map(([name, service]) => [name, mapping(service)]));
}

function filled(text: string): string {
  return text.replace(/\$\{(\w+):\?[^}]*\}/g, (_, name: string) => {
    const value = ENV_FILE[name];
    if (value === undefined) throw new Error(`A compose file asks for ${name}, which nothing tells of.`);
    return value;
  });
}

function merged(below: Mapping, above: Mapping): Mapping {
  const both = Object.entries(above).map(([name, value]) => {
    const other = below[name];
    return [name, isMapping(value) && isMapping(other) ? merged(other, value) : value] as const;
  });
  return { ...below, ...Object.fromEntries(both) };
}

/** Throws where it is none. */
export function mapping(value: Yaml | undefined): Mapping {
  if (isMapping(value)) return value;
  throw new Error(`That is no mapping: ${JSON.stringify(value)}`);
}

/** Texts of a list; throws where it is none. */
export function list(value: Yaml | undefined): string[] {
  if (Array.isArray(value)) return value.map(String);
  throw new Error(`That is no list: ${JSON.stringify(value)}`);
}

function isMapping(value: Yaml | undefined): value is Mapping {
  return typeof value === 'object' && !Array.isArray(value);
}
