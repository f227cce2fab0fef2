import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedFolder } from '../../shared.ts';
import type { Shape } from './state.ts';

/** The derived descriptions of what goes to Slack and of what comes from it. */
export interface Specs {
  blockKit: Shape;
  inbound: Shape;
}

let known: Specs | undefined;

/** The descriptions in `../shared/specs`; undefined where they are not here: the rules by hand then stand alone. */
export function readSpecs(): Specs | undefined {
  if (!sharedFolder) return undefined;
  const blockKit = join(sharedFolder, 'specs/derived/slack-block-kit.schema.json');
  const inbound = join(sharedFolder, 'specs/derived/slack-inbound.schema.json');
  if (!existsSync(blockKit) || !existsSync(inbound)) return undefined;
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Shape;
  known ??= { blockKit: read(blockKit), inbound: read(inbound) };
  return known;
}
