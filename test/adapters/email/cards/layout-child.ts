// Prints what MJML makes of the file it is given, as JSON. A process of its own: what MJML loads changes the globals
// that other packages send files with.
import { readFileSync } from 'node:fs';
import mjml2html from 'mjml';

// Nothing comes from outside, fonts neither.
const options = { validationLevel: 'strict', keepComments: false, fonts: {} } as const;
console.log(JSON.stringify(await mjml2html(readFileSync(process.argv[2] ?? '', 'utf8'), options)));
