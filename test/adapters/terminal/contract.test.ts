import { testAdapter } from '../../contracts/adapter.ts';
import { terminalSubject } from './bench.ts';

testAdapter(terminalSubject('terminal, plain, 80 columns', { columns: 80, withEscapes: false }));
testAdapter(terminalSubject('terminal, colours and links, 120 columns', { columns: 120, withEscapes: true }));
testAdapter(terminalSubject('terminal, colours and links, 20 columns', { columns: 20, withEscapes: true }));
