import type { Command } from '../src/command.ts';
import { createListingCommand } from './listing.ts';

export const today: Command = createListingCommand('daily', {
  name: 'today',
  period: { name: 'day', type: 'text' },
  example: 'today limit:5',
});
