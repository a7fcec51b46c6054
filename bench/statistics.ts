/** The value that `part` of all values do not exceed. */
export function quantile(values: ArrayLike<number>, part: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0
}

export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5)
}

/** What the middle half of all values lies between. */
export function quartiles(values: ArrayLike<number>, digits = 1): string {
  return `${quantile(values, 0.25).toFixed(digits)} to ${quantile(values, 0.75).toFixed(digits)}`
}

/** Differences to the baseline of the same round: what the machine had to do besides in that round has met both. */
export function differences(values: readonly number[], baseline: readonly number[]): readonly number[] {
  return values.map((value, round) => value - (baseline[round] ?? Number.NaN))
}

/** Measures everything once in each round, in turns, so that whatever else the machine does meets all of it alike. */
export async function inTurns<Name extends string>(
  names: readonly Name[],
  rounds: number,
  measure: (name: Name) => number | Promise<number>,
): Promise<(name: Name) => readonly number[]> {
  const measured = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, values] of measured) values.push(await measure(name))
  }
  return (name) => measured.get(name) ?? []
}

/** A table in Markdown. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
