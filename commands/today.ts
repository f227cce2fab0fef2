import type { Command } from '../src/command.ts';
import { createListingCommand } from './listing.ts';

export const today: Command = createListingCommand('daily', {
  name: 'today',
  summary: 'Show the papers of today, or of another day',
  period: { name: 'day', summary: 'Another day, as YYYY-MM-DD', type: 'text' },
  example: 'today limit:5',
});
