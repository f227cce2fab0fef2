import { testStore } from '../contracts/store.ts';
import { sqliteFile, sqliteMemory } from './subjects.ts';

testStore(sqliteFile);
testStore(sqliteMemory);
