import { describe, expect, it } from 'vitest';
import { DeliveryRefusedError } from '../../../../src/errors.ts';
import { DIRECT, openAnswering, words } from './answering-scene.ts';
import { WHERE } from './said.ts';

describe('a file', () => {
  const file = {
    name: 'saved.bib',
    mediaType: 'application/x-bibtex',
    content: '@misc{a,\n title={ä & <b> ```}\n}\n',
  };
  const run = () => words('saved.bib', { file });
  const uploading = async ({ method }: { method: string }) =>
    method === 'files.getUploadURLExternal'
      ? { upload_url: 'https://files.example/1', file_id: 'F1' }
      : { channel: { id: DIRECT } };

  it('goes into direct messages where files may be written', async () => {
    const scene = openAnswering({ run, ask: uploading });
    const { responses } = await scene.slash('saved format:bibtex');
    expect(scene.uploads).toEqual([{ url: 'https://files.example/1', content: file.content }]);
    expect(scene.questions.at(-1)).toMatchObject({
      method: 'files.completeUploadExternal',
      args: { files: [{ id: 'F1' }], channel_id: DIRECT },
    });
    expect(JSON.stringify(responses)).toContain('direct messages');
  });

  it('takes nothing away that is said beside it', async () => {
    const cards = [...words('saved.bib').cards, ...words('By the way').cards];
    for (const ask of [uploading, () => Promise.reject(new Error('no'))]) {
      const scene = openAnswering({ run: () => words('', { cards, file }), ask });
      const { responses } = await scene.slash('saved format:bibtex');
      expect(scene.uploads).toHaveLength(ask === uploading ? 1 : 0);
      expect(JSON.stringify(responses)).toContain('By the way');
      expect(scene.problems).toEqual([]);
    }
  });

  it.each([1, 3000])('else is shown as it is, %s times as long', async (times) => {
    const long = { ...file, content: file.content.repeat(times) };
    const refusal = new DeliveryRefusedError('no', { ...WHERE, reason: 'forbidden' });
    const scene = openAnswering({
      run: () => words('saved.bib', { file: long }),
      ask: () => Promise.reject(refusal),
    });
    const { responses } = await scene.slash('saved format:bibtex');
    const shown = responses.flatMap(
      ({ blocks }) => JSON.stringify(blocks).match(/rich_text_preformatted/g) ?? [],
    );
    expect(shown).toHaveLength(times === 1 ? 1 : 4);
    expect(responses).toHaveLength(times === 1 ? 1 : 5);
    if (times > 1) expect(JSON.stringify(responses[4])).toContain('paperwire paper saved --format bibtex');
    expect(scene.problems).toEqual([]);
  });
});
