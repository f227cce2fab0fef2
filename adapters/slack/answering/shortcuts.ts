/** The callback ids of our shortcuts, in the manifest and in what Slack tells of them. */
export const SHORTCUTS = { find: 'find_papers', search: 'search_papers' } as const;
