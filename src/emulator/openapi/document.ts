import type { Operation, PlacedOperation } from './operation.js'
import { securitySchemes } from './portal-operation.js'
import { describedSchemas } from './schemas.js'

/** An OpenAPI 3.1 document, as far as this emulator writes one. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>
    readonly securitySchemes: typeof securitySchemes
  }
}

const description =
  'A local Flavor Hub. The conventions, limits and rules of both halves are documented by FlavorTeam, and so is most of ' +
  'the portal; the paths and bodies of the machine-facing half are an assumption of this project.'

/** Describes what is served, from the very schemas that it is served by. */
export function openApiDocument(operations: readonly PlacedOperation[]): OpenApiDocument {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const { path, method, operation } of operations) {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Flavor Hub (emulator)', version: '1', description },
    paths,
    components: { schemas: describedSchemas(), securitySchemes },
  }
}
