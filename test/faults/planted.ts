// Puts a deliberate bug into a program: `node --import "planted.ts?bug=works%20on%20a%20feed%20without%20a%20claim"`.
import { plant } from '../torture/patch.ts';

plant(new URL(import.meta.url).searchParams.get('bug') ?? '');
