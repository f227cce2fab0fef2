import type { Command } from '../src/command.ts';
import { createListingCommand } from './listing.ts';

export const trending: Command = createListingCommand('trending', {
  name: 'trending',
  summary: 'Show what is trending now, of any age',
  example: 'trending',
});
