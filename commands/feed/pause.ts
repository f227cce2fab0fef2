import type { Command } from '../../src/command.ts';
import { createStateCommand } from './feed.ts';

export const feedPause: Command = createStateCommand('pause', 'paused', 'paused');
