import type { Command } from '../src/command.ts';
import { createListingCommand } from './listing.ts';

export const week: Command = createListingCommand('weekly', {
  name: 'week',
  period: { name: 'week', type: 'text' },
  example: 'week limit:20',
});
