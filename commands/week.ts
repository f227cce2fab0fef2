import type { Command } from '../src/command.ts';
import { createListingCommand } from './listing.ts';

export const week: Command = createListingCommand('weekly', {
  name: 'week',
  summary: 'Show the papers of this week, or of another',
  period: { name: 'week', summary: 'Another week, as YYYY-Www', type: 'text' },
  example: 'week limit:20',
});
