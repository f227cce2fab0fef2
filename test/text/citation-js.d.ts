// Citation.js has no types of its own; these are the parts that the tests use.
declare module '@citation-js/core' {
  interface CitedName {
    family?: string;
    given?: string;
    literal?: string;
    'non-dropping-particle'?: string;
    'dropping-particle'?: string;
  }
  /** A work as CSL-JSON has it. */
  interface CitedWork {
    id: string;
    type: string;
    title?: string;
    abstract?: string;
    author?: CitedName[];
    issued?: { 'date-parts': number[][] };
    keyword?: string;
    publisher?: string;
    URL?: string;
  }
  export class Cite {
    constructor(text: string, options: { forceType: string });
    readonly data: CitedWork[];
  }
}
declare module '@citation-js/plugin-bibtex';
declare module '@citation-js/plugin-ris';
