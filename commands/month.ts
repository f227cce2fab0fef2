import type { Command } from '../src/command.ts';
import { createListingCommand } from './listing.ts';

export const month: Command = createListingCommand('monthly', {
  name: 'month',
  period: { name: 'month', type: 'text' },
  example: 'month limit:20',
});
