import { toJsonSchemaDefs } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import {
  componentCatalogSchema,
  componentCheckRequestSchema,
  componentCheckSchema,
  componentListSchema,
  componentsRequestSchema,
} from '../../protocol/wire/component.js'
import { deactivationSchema, licenseRequestSchema, licenseSchema } from '../../protocol/wire/license.js'
import {
  downloadRequestSchema,
  releaseSchema,
  updateCheckRequestSchema,
  updateCheckSchema,
  updateInfoRequestSchema,
  updateInfoSchema,
} from '../../protocol/wire/release.js'
import { portalSchemas } from '../portal/named-schemas.js'
import {
  httpValidationErrorSchema,
  problemSchema,
  rateLimitErrorSchema,
  validationErrorSchema,
} from './error-schemas.js'

/** Names under which the schemas stand in the API description. */
const named: Readonly<Record<string, v.GenericSchema>> = {
  LicenseRequest: licenseRequestSchema,
  License: licenseSchema,
  Deactivation: deactivationSchema,
  UpdateCheckRequest: updateCheckRequestSchema,
  UpdateCheck: updateCheckSchema,
  UpdateInfoRequest: updateInfoRequestSchema,
  UpdateInfo: updateInfoSchema,
  Release: releaseSchema,
  DownloadRequest: downloadRequestSchema,
  ComponentsRequest: componentsRequestSchema,
  ComponentList: componentListSchema,
  ComponentCatalog: componentCatalogSchema,
  ComponentCheckRequest: componentCheckRequestSchema,
  ComponentCheck: componentCheckSchema,
  ...portalSchemas,
  Problem: problemSchema,
  ValidationError: validationErrorSchema,
  HTTPValidationError: httpValidationErrorSchema,
  RateLimitError: rateLimitErrorSchema,
}

export interface SchemaReference {
  readonly $ref: string
}

/** @throws RangeError for a schema without a name: an endpoint that is served must be described. */
export function referenceTo(schema: v.GenericSchema): SchemaReference {
  const name = Object.keys(named).find((candidate) => named[candidate] === schema)
  if (name === undefined) throw new RangeError('A schema of the API description has no name.')
  return { $ref: pathOf(name) }
}

export function describedSchemas(): Readonly<Record<string, unknown>> {
  return toJsonSchemaDefs(named, {
    target: 'draft-2020-12',
    // Checks that JSON Schema cannot say are left out: the description allows a little more than the hub does.
    errorMode: 'ignore',
    overrideRef: ({ referenceId }) => pathOf(referenceId),
  })
}

const pathOf = (name: string): string => `#/components/schemas/${name}`
