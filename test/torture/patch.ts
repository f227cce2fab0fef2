import { registerHooks } from 'node:module';
import { BUGS } from './bugs.ts';

const ROOT = new URL('../..', import.meta.url);

/** Puts a deliberate bug into the production code as it is loaded; to be called before that code is imported. */
export function plant(name: string): void {
  const bug = BUGS.find((one) => one.name === name);
  if (!bug) throw new Error(`There is no bug "${name}".`);
  const edits = [bug, ...(bug.more ?? [])].map((edit) => ({ ...edit, url: new URL(edit.file, ROOT).href }));
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      let source = loaded.source;
      for (const { file, find, replace } of edits.filter((edit) => edit.url === url)) {
        const parts = String(source).split(find);
        if (parts.length !== 2) throw new Error(`"${name}" does not fit ${file} any more.`);
        source = parts.join(replace);
      }
      return { ...loaded, source };
    },
  });
}
