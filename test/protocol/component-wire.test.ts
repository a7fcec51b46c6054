import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  componentCatalogSchema,
  componentCheckRequestSchema,
  componentCheckSchema,
  componentListSchema,
  componentsRequestSchema,
} from '../../src/protocol/wire/component.js'
import type { Schema } from '../../src/protocol/wire/primitives.js'
import { licenseKey, releaseFacts, scope } from './tokens-under-test.js'

const request = { license_key: licenseKey, product_slug: scope.product, domain: scope.domain }
const component = {
  slug: 'payments-blik',
  name: 'BLIK',
  category: 'payments',
  version: '1.0.0',
  required_tier: 'business',
}
const release = {
  ...releaseFacts,
  slug: 'payments-blik',
  released_at: '2026-01-10T08:00:00Z',
  channel: 'stable',
  changelog_url: null,
  requires: null,
  filename: 'payments-blik.zip',
  token: null,
}
const update = {
  slug: 'payments-blik',
  current_version: '1.0.0',
  latest_version: '1.5.0',
  update_available: true,
  release,
}

const tables: readonly [string, Schema<unknown>, readonly unknown[], readonly unknown[]][] = [
  ['a question about components', componentsRequestSchema, [request], [{ ...request, domain: undefined }, [request]]],
  [
    'a question about installed components',
    componentCheckRequestSchema,
    [
      { ...request, installed: {} },
      { ...request, installed: { 'payments-blik': '1.0.0' } },
    ],
    [request, { ...request, installed: { 'payments-blik': 1 } }, { ...request, installed: 'none' }],
  ],
  [
    'the components of a license',
    componentListSchema,
    [{ items: [] }, { items: [component] }],
    [[component], { items: [{ ...component, version: 1 }] }, {}],
  ],
  [
    'the catalog',
    componentCatalogSchema,
    [{ items: [{ ...component, entitled: false }] }],
    [{ items: [component] }, { items: [{ ...component, entitled: 'yes' }] }],
  ],
  [
    'the updates of components',
    componentCheckSchema,
    [{ items: [update, { ...update, update_available: false, release: null }] }],
    [{ items: [{ ...update, release: undefined }] }, { items: [{ ...update, release: { ...release, size: -1 } }] }],
  ],
]

describe.each(tables)('%s', (_, schema, good, bad) => {
  it('has the shape of the contract, and no other', () => {
    for (const value of good) expect(v.is(schema, value)).toBe(true)
    for (const value of bad) expect(v.is(schema, value)).toBe(false)
  })
})
