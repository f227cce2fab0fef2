// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const typed: Texts['typed'] = {
  noCommand: (name) => `Den Befehl „${name}“ gibt es nicht.`,
  thereAre: (names) => `Es gibt: ${names}.`,
  meant: (line) => `War das gemeint: ${line}`,
  example: (line, help) => `Zum Beispiel: ${line}. Siehe: ${help}`,
  noOption: (command, option) => `„${command}“ hat keine Option ${option}.`,
  needsValue: (option) => `${option} braucht einen Wert.`,
  yesOrNo: (option, given) => `${option} ist true oder false, nicht „${given}“.`,
  wholeNumber: (option, given) => `${option} ist eine ganze Zahl, nicht „${given}“.`,
  oneOf: (option, choices, given) => `${option} ist eines von ${choices}, nicht „${given}“.`,
  unclear: (word) => `Was bedeutet „${word}“?`,
};
