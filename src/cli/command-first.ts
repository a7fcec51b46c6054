/**
 * The line with its command in front. The parser reads an option only after the command that it belongs to, while
 * people put options wherever they come to mind.
 */
export function commandFirst(line: readonly string[], takesValue: ReadonlySet<string>): string[] {
  for (let index = 0; index < line.length; index += 1) {
    const word = line[index] ?? ''
    if (word === '--') break
    if (takesValue.has(word)) index += 1
    else if (!word.startsWith('-') || word === '-') return [word, ...line.slice(0, index), ...line.slice(index + 1)]
  }
  return [...line]
}
