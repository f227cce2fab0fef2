import { testAdapter } from '../../contracts/adapter.ts';
import { webSubject } from './bench.ts';

testAdapter(webSubject('web, in memory', { isInFile: false }));
testAdapter(webSubject('web, in a file', { isInFile: true }));
