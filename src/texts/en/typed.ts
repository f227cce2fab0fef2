/** What is said of a command that was typed in a way that cannot be read. */
export const typed = {
  noCommand: (name: string) => `There is no command "${name}".`,
  thereAre: (names: string) => `There are: ${names}.`,
  meant: (line: string) => `Did you mean: ${line}`,
  example: (line: string, help: string) => `For example: ${line}. See: ${help}`,
  noOption: (command: string, option: string) => `"${command}" has no option ${option}.`,
  needsValue: (option: string) => `${option} needs a value.`,
  yesOrNo: (option: string, given: string) => `${option} is true or false, not "${given}".`,
  wholeNumber: (option: string, given: string) => `${option} is a whole number, not "${given}".`,
  oneOf: (option: string, choices: string, given: string) =>
    `${option} is one of ${choices}, not "${given}".`,
  unclear: (word: string) => `What does "${word}" mean?`,
};
