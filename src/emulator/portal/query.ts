import { pageDefaults } from '../../protocol/wire/portal/page.js'
import type { EchoingIssue } from '../http/validation.js'

/** A parameter that a request may name in its query. */
export type QueryField =
  | { readonly name: string; readonly kind: 'text' }
  | { readonly name: string; readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly name: string; readonly kind: 'count'; readonly most: number; readonly default: number }

export type QueryValues = ReadonlyMap<string, string>

/** Documented by FlavorTeam, but for the longest page. */
export const pageFields: readonly QueryField[] = [
  { name: 'page', kind: 'count', default: pageDefaults.page, most: Number.MAX_SAFE_INTEGER },
  { name: 'per_page', kind: 'count', default: pageDefaults.per_page, most: 100 },
]

/** What is wrong with a query. A parameter that the endpoint does not know is ignored, as FastAPI does. */
export function queryIssues(fields: readonly QueryField[], query: URLSearchParams): readonly EchoingIssue[] {
  return fields.flatMap((field) => {
    const input = query.get(field.name)
    return input === null ? [] : issueWith(field, input)
  })
}

export function queryValues(fields: readonly QueryField[], query: URLSearchParams): QueryValues {
  return new Map(
    fields.flatMap(({ name }) => {
      const value = query.get(name)
      return value === null ? [] : [[name, value] as const]
    }),
  )
}

function issueWith(field: QueryField, input: string): readonly EchoingIssue[] {
  const loc = ['query', field.name]
  switch (field.kind) {
    case 'text':
      return []
    case 'choice': {
      if (field.choices.includes(input)) return []
      const choices = field.choices.map((choice) => `'${choice}'`).join(', ')
      return [{ type: 'enum', loc, msg: `Input should be ${choices}`, input }]
    }
    case 'count': {
      const count = /^\d+$/.test(input) ? Number(input) : Number.NaN
      if (Number.isNaN(count)) {
        const msg = 'Input should be a valid integer, unable to parse string as an integer'
        return [{ type: 'int_parsing', loc, msg, input }]
      }
      if (count < 1)
        return [{ type: 'greater_than_equal', loc, msg: 'Input should be greater than or equal to 1', input }]
      if (count <= field.most) return []
      return [{ type: 'less_than_equal', loc, msg: `Input should be less than or equal to ${field.most}`, input }]
    }
  }
}
