/** What of a line is no command: its options, and how many words a command has. */
export interface Vocabulary {
  /** The options, of whichever command, whose value is the next word. */
  readonly takesValue: ReadonlySet<string>
  /** The commands whose second word says which of them is meant, such as `release sign`. */
  readonly groups: ReadonlySet<string>
}

/**
 * The line with its command in front. The parser reads an option only after the command that it belongs to, while
 * people put options wherever they come to mind.
 */
export function commandFirst(line: readonly string[], { takesValue, groups }: Vocabulary): string[] {
  const first = nextWord(line, takesValue)
  if (first === undefined) return [...line]
  const [command = '', ...rest] = moved(line, first)
  const second = groups.has(command) ? nextWord(rest, takesValue) : undefined
  return second === undefined ? [command, ...rest] : [command, ...moved(rest, second)]
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

function moved(line: readonly string[], from: number): string[] {
  return [...line.slice(from, from + 1), ...line.slice(0, from), ...line.slice(from + 1)]
}
