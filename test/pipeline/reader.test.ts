import { describe, expect, it } from 'vitest';
import type { Listing } from '../../src/domain/listing.ts';
import { SourceFormatError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import { createReader } from '../../src/pipeline/reader.ts';
import { createMemorySource, unreachable } from '../fakes/memory-source.ts';
import { aPaper, somePapers } from '../fixtures/papers.ts';
import { openWorld } from '../world.ts';

const NOW = '2026-11-23T12:00:00.000Z';
const TODAY: Listing = { kind: 'daily', key: '2026-11-23' };
const PAPERS = somePapers('2611', [3, 2, 1]);

describe('a listing for people', () => {
  it('comes from the source and is kept', async () => {
    const { source, reader, store } = await openWorld(NOW);
    source.set(TODAY, PAPERS);
    const { fetched, state } = await reader.read(TODAY);
    expect([fetched.way, state]).toEqual(['api', 'short']);
    expect((await store.listings.get('daily:2026-11-23'))?.paperIds).toEqual(PAPERS.map(({ id }) => id));
    expect((await store.papers.get('2611.00001'))?.listings).toEqual(['daily:2026-11-23']);
  });

  it('is shared for a minute, then read anew', async () => {
    const { source, reader, clock } = await openWorld(NOW);
    source.set(TODAY, PAPERS);
    await Promise.all([reader.read(TODAY), reader.read(TODAY)]);
    await reader.read(TODAY);
    expect(source.reads).toHaveLength(1);
    clock.advance(60_000);
    await reader.read(TODAY);
    expect(source.reads).toHaveLength(2);
  });

  it('comes from the archive, with a warning, when the source is down', async () => {
    const { source, reader, clock } = await openWorld(NOW);
    source.set(TODAY, PAPERS);
    await reader.read(TODAY);
    clock.advance(3_600_000);
    source.fail(unreachable());
    const { fetched } = await reader.read(TODAY);
    expect(fetched).toMatchObject({ way: 'archive', fetchedAt: NOW, papers: PAPERS });
    expect(fetched.warnings[0]).toEqual({
      code: 'archive',
      message: 'The source cannot be read; this is the list as of 2026-11-23 12:00 UTC.',
    });
  });

  it('fails when there is nothing anywhere, and does not keep the failure', async () => {
    const { source, reader } = await openWorld(NOW);
    source.fail(unreachable());
    await expect(reader.read(TODAY)).rejects.toThrow('The source cannot be reached.');
    source.fail(undefined);
    source.set(TODAY, PAPERS);
    expect((await reader.read(TODAY)).fetched.papers).toHaveLength(3);
  });

  it('does not let an empty answer or a search replace what is archived', async () => {
    const { source, reader, store, clock } = await openWorld(NOW);
    source.set(TODAY, PAPERS);
    await reader.read(TODAY);
    clock.advance(60_000);
    source.set(TODAY, []);
    expect((await reader.read(TODAY)).state).toBe('empty');
    const search: Listing = { kind: 'search', key: 'agents' };
    source.set(search, PAPERS);
    await reader.read(search);
    expect((await store.listings.get('daily:2026-11-23'))?.paperIds).toHaveLength(3);
    expect(await store.listings.get('search:agents')).toBeUndefined();
    expect((await store.papers.get('2611.00001'))?.listings).toEqual(['daily:2026-11-23']);
  });

  it('is the sample, labelled and never kept, where there is one and nothing else', async () => {
    const { source, store, clock } = await openWorld(NOW);
    const sample = createMemorySource(clock);
    sample.set(TODAY, PAPERS, { way: 'sample', warnings: [{ code: 'sample', message: 'Bundled.' }] });
    source.fail(unreachable());
    const reader = createReader({ source, sample, store, clock, log: silentLog });
    const { fetched } = await reader.read(TODAY);
    expect(fetched.way).toBe('sample');
    expect(fetched.warnings.map(({ code }) => code)).toEqual(['sample', 'source']);
    expect(await store.papers.get('2611.00001')).toBeUndefined();
    source.fail(undefined);
    source.set(TODAY, PAPERS);
    expect((await reader.read(TODAY)).fetched.way).toBe('api');
  });
});

describe('one paper', () => {
  const full = aPaper({ id: '2611.00001', comments: 4, abstract: 'Known.' });

  async function withArchived() {
    const world = await openWorld(NOW);
    world.source.set(TODAY, [full]);
    await world.reader.read(TODAY);
    return world;
  }

  it('is what the source says now, completed by what the archive knows', async () => {
    const { source, reader } = await withArchived();
    const { comments: _, ...bare } = full;
    source.set({ kind: 'search', key: 'x' }, [{ ...bare, upvotes: 9 }]);
    expect(await reader.paper('2611.00001')).toEqual({ ...full, upvotes: 9 });
  });

  it('is what the archive knows where nobody is to be asked', async () => {
    const { source, reader } = await withArchived();
    source.set({ kind: 'search', key: 'x' }, [{ ...full, upvotes: 9 }, aPaper({ id: '2611.00002' })]);
    expect(await reader.archived('2611.00001')).toEqual(full);
    expect(await reader.archived('2611.00002')).toBeUndefined();
  });

  it('is what the archive knows when the source is down', async () => {
    const { source, reader } = await withArchived();
    source.fail(new SourceFormatError('Changed.', { source: 'memory', way: 'api', path: '' }));
    expect(await reader.paper('2611.00001')).toEqual(full);
    await expect(reader.paper('2611.00002')).rejects.toThrow('Changed.');
  });

  it('comes from arXiv when the source does not know it, or is down', async () => {
    const { source, store, clock } = await openWorld(NOW);
    const arxiv = createMemorySource(clock);
    arxiv.set(TODAY, [full]);
    const reader = createReader({ source, arxiv, store, clock, log: silentLog });
    expect(await reader.paper('2611.00001')).toEqual(full);
    source.fail(unreachable());
    expect(await reader.paper('2611.00001')).toEqual(full);
    arxiv.fail(unreachable());
    await expect(reader.paper('2611.00001')).rejects.toThrow('The source cannot be reached.');
  });

  it('is undefined when nobody knows it', async () => {
    const { reader } = await openWorld(NOW);
    expect(await reader.paper('2611.00001')).toBeUndefined();
  });
});
