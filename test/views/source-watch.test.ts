import { describe, expect, it } from 'vitest';
import type { WayReading } from '../../src/observer.ts';
import { createSourceWatch } from '../../src/views/source-watch.ts';

const FACE = { id: 'hugging-face', ways: ['api', 'hydration', 'markup'] };
const ARXIV = { id: 'arxiv', ways: ['atom'] };

/** What a watch knows that was told this, one a minute. */
function watching(...told: [way: string, outcome: WayReading['outcome'], sentence?: string][]) {
  const watch = createSourceWatch();
  for (const [minute, [way, outcome, sentence]] of told.entries()) {
    const source = way === 'atom' ? 'arxiv' : 'hugging-face';
    watch.wayRead({ source, way, outcome, at: at(minute), ...(sentence === undefined ? {} : { sentence }) });
  }
  return watch;
}

function at(minute: number): string {
  return `2026-11-23T12:0${minute}:00.000Z`;
}

describe('the ways into a source', () => {
  it('stand in the order in which they are tried, be they tried or not', () => {
    const watch = watching(['markup', 'read'], ['api', 'read']);
    expect(watch.ways(FACE)).toEqual([
      { way: 'api', readAt: at(1) },
      { way: 'hydration' },
      { way: 'markup', readAt: at(0) },
    ]);
    expect(watch.ways(ARXIV)).toEqual([{ way: 'atom' }]);
  });

  it('keep when they were read, and when and why they last were not', () => {
    const watch = watching(
      ['api', 'read'],
      ['api', 'unavailable', 'HTTP 503.'],
      ['api', 'changed-shape', 'No id.'],
    );
    expect(watch.ways(FACE)[0]).toEqual({
      way: 'api',
      readAt: at(0),
      failure: { at: at(2), isChangedShape: true, sentence: 'No id.' },
    });
  });

  it('have failed no more once they are read', () => {
    const watch = watching(['api', 'unavailable', 'HTTP 503.'], ['hydration', 'read'], ['api', 'read']);
    expect(watch.ways(FACE)[0]).toEqual({ way: 'api', readAt: at(2) });
  });

  it('neither fail nor mend with an empty answer', () => {
    const failed = watching(['api', 'unavailable', 'HTTP 503.'], ['api', 'empty', 'Nothing.']);
    expect(failed.ways(FACE)[0]).toEqual({
      way: 'api',
      failure: { at: at(0), isChangedShape: false, sentence: 'HTTP 503.' },
    });
    expect(watching(['api', 'read'], ['api', 'empty']).ways(FACE)[0]).toEqual({ way: 'api', readAt: at(0) });
  });
});

describe('the record of a source', () => {
  it('is empty before it was tried', () => {
    expect(watching(['atom', 'read']).record(FACE)).toEqual({});
  });

  it('has when it was read by any way, and what came last of it; other sources are none of it', () => {
    const watch = watching(['markup', 'read'], ['api', 'unavailable'], ['atom', 'read']);
    expect(watch.record(FACE)).toEqual({ readAt: at(0), last: 'unavailable' });
    expect(watch.record(ARXIV)).toEqual({ readAt: at(2), last: 'read' });
  });
});
