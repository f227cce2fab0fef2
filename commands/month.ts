import type { Command } from '../src/command.ts';
import { createListingCommand } from './listing.ts';

export const month: Command = createListingCommand('monthly', {
  name: 'month',
  summary: 'Show the papers of this month, or of another',
  period: { name: 'month', summary: 'Another month, as YYYY-MM', type: 'text' },
  example: 'month limit:20',
});
