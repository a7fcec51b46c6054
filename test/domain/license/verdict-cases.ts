import { readdirSync, readFileSync } from 'node:fs'
import type { AssessmentContext, RecordProblem } from '../../../src/domain/license/assess.js'
import type { LicenseRecord } from '../../../src/domain/license/record.js'
import type { Verdict } from '../../../src/domain/license/verdict.js'

export interface VerdictCase {
  readonly title: string
  readonly name: string
  readonly record: LicenseRecord | RecordProblem
  readonly context: AssessmentContext
  /** The whole verdict; the message may be left out. */
  readonly verdict: Omit<Verdict, 'message'>
}

/** What a case has, where it does not say otherwise. */
interface Base {
  readonly record: object
  readonly context: object
}

interface Theme extends Partial<Base> {
  readonly title: string
  readonly cases: readonly {
    readonly name: string
    readonly record?: object
    readonly problem?: RecordProblem
    readonly context: object
    readonly verdict: object
  }[]
}

const folder = new URL('../../../fixtures/verdicts/', import.meta.url)

/** The cases of `fixtures/verdicts`, from which `docs/verdicts.md` is made too. */
export function readVerdictCases(): readonly VerdictCase[] {
  const base = read<Base>('base.json')
  return readdirSync(folder)
    .filter((file) => file !== 'base.json')
    .sort()
    .map((file) => read<Theme>(file))
    .flatMap(({ title, cases, ...theme }) =>
      cases.map(({ name, problem, verdict, ...written }) => {
        const record = problem ?? merged(merged(base.record, theme.record ?? {}), written.record ?? {})
        const context = merged(merged(base.context, theme.context ?? {}), written.context)
        return inMilliseconds({ title, name, record, context, verdict }) as VerdictCase
      }),
    )
}

function read<Content>(file: string): Content {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function merged(base: object, changes: object): object {
  const before = new Map(Object.entries(base))
  const after = Object.entries(changes).map(([name, value]) => {
    const former: unknown = before.get(name)
    return [name, isObject(former) && isObject(value) ? merged(former, value) : value]
  })
  return { ...base, ...Object.fromEntries(after) }
}

const units = new Map([
  ['ms', 1],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

/** The files hold dates and durations for people: `2026-06-01T00:00:00Z` and `-2 d`. */
function inMilliseconds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inMilliseconds)
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inMilliseconds(part)]))
  if (typeof value !== 'string') return value
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return Date.parse(value)
  const [, amount, unit = ''] = /^(-?\d+) (ms|min|h|d)$/.exec(value) ?? []
  return amount === undefined ? value : Number(amount) * (units.get(unit) ?? Number.NaN)
}
