/** What of a line is no command: its options, and how many words a command has. */
export interface Vocabulary {
  /** The options, of whichever command, whose value is the next word. */
  readonly takesValue: ReadonlySet<string>
  /** The commands whose next word says which of them is meant, such as `release` or `portal licenses`. */
  readonly groups: ReadonlySet<string>
}

/**
 * The line with its command in front. The parser reads an option only after the command that it belongs to, while
 * people put options wherever they come to mind.
 */
export function commandFirst(line: readonly string[], { takesValue, groups }: Vocabulary): string[] {
  const command: string[] = []
  const rest = [...line]
  while (command.length === 0 || groups.has(command.join(' '))) {
    const index = nextWord(rest, takesValue)
    if (index === undefined) break
    command.push(...rest.splice(index, 1))
  }
  return [...command, ...rest]
}

/** Where the first word is that is neither an option nor its value. */
function nextWord(line: readonly string[], takesValue: ReadonlySet<string>): number | undefined {
  for (let index = 0; index < line.length; index += 1) {
    const word = line[index] ?? ''
    if (word === '--') return undefined
    if (takesValue.has(word)) index += 1
    else if (!word.startsWith('-') || word === '-') return index
  }
  return undefined
}
