import type { Command } from '../src/command.ts';
import { MAX_QUERY_LENGTH } from '../src/domain/listing.ts';
import { CommandError } from '../src/errors.ts';
import { LIMIT, showListing } from './listing.ts';

export const search: Command = {
  name: 'search',
  summary: 'Find papers by words or by meaning',
  options: [
    {
      name: 'query',
      summary: `What to look for, up to ${MAX_QUERY_LENGTH} characters`,
      type: 'text',
      isRequired: true,
    },
    LIMIT,
  ],
  audience: 'member',
  example: 'search query:"gaussian splatting"',
  async run(invocation, services) {
    const query = String(invocation.options.query ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    if (query === '')
      throw new CommandError('Say what to look for, for example: search "diffusion transformers".');
    if (query.length > MAX_QUERY_LENGTH) {
      throw new CommandError(`Shorten the query to ${MAX_QUERY_LENGTH} characters; it has ${query.length}.`);
    }
    return await showListing({ kind: 'search', key: query }, invocation, services);
  },
};
