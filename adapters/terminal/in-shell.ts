/**
 * A command as it is typed in a chat, in quotes or as an example: its words, and options such as `id:k4t2m9`. One in the
 * middle of a sentence is for whoever is in a chat.
 */
const IN_CHAT =
  /(?<="|: )\/paper(?![\w-])((?: [a-z][a-z-]*(?![\w:-]))*)((?: [a-z][a-z-]*:(?:"[^"]*"|[^\s"]*[^\s".,;:]))*)/g;

/**
 * A sentence that speaks of commands as they are typed in a chat, for whoever types them in a shell:
 * `paperwire paper feed edit --time 17:30` for `/paper feed edit time:17:30`.
 */
export function inShell(sentence: string): string {
  return sentence.replace(IN_CHAT, (_whole, words: string, options: string) => {
    // Of messages to any platform, which only whoever runs the program sees here.
    if (words.startsWith(' delivery')) return `paperwire${words}${options.replaceAll(' id:', ' ')}`;
    const named = options.replace(/ ([a-z][a-z-]*):(?=(?:[^"]|"[^"]*")*$)/g, ' --$1 ');
    return `paperwire paper${words}${named}`;
  });
}
