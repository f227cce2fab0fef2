import type { Command } from '../../src/command.ts';
import { createStateCommand } from './feed.ts';

export const feedPause: Command = createStateCommand(
  'pause',
  'Stop a feed for a while; it keeps its settings',
  'paused',
  'paused',
);
