import { Ajv2020 } from 'ajv/dist/2020.js'
import type { OpenApiDocument } from '../../src/emulator/openapi/document.js'

export interface DescribedAnswers {
  /** What is wrong with an answer by the API description; `null` for nothing. */
  errorsOf(method: string, path: string, status: number, body: unknown): unknown
  /** The operations and statuses that were looked at. */
  readonly seen: ReadonlySet<string>
}

/** Checks answers against the API description. */
export function describedAnswers(document: OpenApiDocument): DescribedAnswers {
  const ajv = new Ajv2020({ strict: false })
  ajv.addSchema({ $id: 'https://hub.example/openapi.json', ...document })
  const paths = Object.keys(document.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }))
  const seen = new Set<string>()
  return {
    seen,
    errorsOf: (method, requested, status, body) => {
      const path = paths.find(({ path: template, pattern }) => {
        return pattern.test(requested) && document.paths[template]?.[method.toLowerCase()] !== undefined
      })?.path
      const operation = document.paths[path ?? '']?.[method.toLowerCase()]
      const response = operation?.responses[String(status)]
      if (response === undefined) return `${method} ${requested} ${status} is not described`
      seen.add(`${operation?.operationId} ${status}`)
      if (response.content?.['application/json'] === undefined)
        return body === undefined ? null : 'a body is not described'
      const location = ['paths', path ?? '', method.toLowerCase(), 'responses', String(status)]
      const pointer = [...location, 'content', 'application/json', 'schema'].map(escaped).join('/')
      const check = ajv.compile({ $ref: `https://hub.example/openapi.json#/${pointer}` })
      check(body)
      return check.errors ?? null
    },
  }
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
}
