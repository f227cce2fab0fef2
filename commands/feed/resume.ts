import type { Command } from '../../src/command.ts';
import { createStateCommand } from './feed.ts';

export const feedResume: Command = createStateCommand('resume', 'active', 'resumed');
