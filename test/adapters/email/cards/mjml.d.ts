/** As much of MJML as the test of the layout uses; it has no types of its own. */
declare module 'mjml' {
  export default function mjml2html(
    source: string,
    options: {
      validationLevel: 'strict';
      keepComments: boolean;
      /** By the names of fonts: where they are loaded from. */
      fonts: Record<string, string>;
    },
  ): Promise<{ html: string; errors: unknown[] }>;
}
