import * as v from 'valibot'
import type { CatalogComponent, Component } from '../../domain/component/component.js'
import type { LicenseKey } from '../../domain/license/license-key.js'
import type { Release } from '../../domain/update/release.js'
import type { ReleaseTokenExpectation } from '../release-token.js'
import { type Reading, type ReceivedResponse, readResponse } from '../response.js'
import {
  componentCatalogSchema,
  componentCheckSchema,
  componentListSchema,
  type WireComponent,
  type WireComponentCheckRequest,
  type WireItems,
} from '../wire/component.js'
import type { Schema } from '../wire/primitives.js'
import type { WireProductRequest } from '../wire/release.js'
import { type ReleaseProblem, readRelease } from './release.js'

/** What list and available are asked about. */
export interface ComponentsQuestion {
  readonly licenseKey: LicenseKey
  readonly product: string
  readonly domain: string
}

export interface ComponentCheckQuestion extends ComponentsQuestion {
  /** Versions of what is installed, by slug. */
  readonly installed: Readonly<Record<string, string>>
}

/** What the hub says about one component that it was asked about. Those that it does not offer are left out. */
export interface ComponentAnswer {
  readonly slug: string
  readonly latestVersion: string
  /** What the hub offers; whether it is taken is the domain's decision. */
  readonly release: Release | null
  /** Why an offered release does not count. It concerns this component alone: others must go on getting updates. */
  readonly problem: ReleaseProblem | null
}

export function buildComponentsRequest({ licenseKey, product, domain }: ComponentsQuestion): WireProductRequest {
  return { license_key: licenseKey, product_slug: product, domain }
}

export function buildComponentCheckRequest(question: ComponentCheckQuestion): WireComponentCheckRequest {
  return { ...buildComponentsRequest(question), installed: question.installed }
}

export function readComponentListResponse(response: ReceivedResponse, now: number): Reading<readonly Component[]> {
  return readItems(response, componentListSchema, now, toComponent)
}

export function readComponentCatalogResponse(
  response: ReceivedResponse,
  now: number,
): Reading<readonly CatalogComponent[]> {
  return readItems(response, componentCatalogSchema, now, (item) => ({ ...toComponent(item), entitled: item.entitled }))
}

export function readComponentCheckResponse(
  response: ReceivedResponse,
  proof: ReleaseTokenExpectation,
  now: number,
): Reading<readonly ComponentAnswer[]> {
  return readItems(response, componentCheckSchema, now, ({ slug, latest_version, release }) => {
    const read = release && readRelease(release, slug, proof)
    const problem = typeof read === 'string' ? read : null
    return { slug, latestVersion: latest_version, release: typeof read === 'string' ? null : read, problem }
  })
}

function readItems<Wire, Item>(
  response: ReceivedResponse,
  schema: Schema<WireItems<Wire>>,
  now: number,
  toItem: (item: Wire) => Item,
): Reading<readonly Item[]> {
  const reading = readResponse(response, orBareArray(schema), now)
  return reading.kind === 'answer' ? { kind: 'answer', answer: reading.answer.items.map(toItem) } : reading
}

/** FlavorTeam documents lists in both forms, as `{"items": […]}` and bare. */
function orBareArray<Wire>(schema: Schema<WireItems<Wire>>): Schema<WireItems<Wire>> {
  const wrap = (json: unknown): unknown => (Array.isArray(json) ? { items: json } : json)
  return v.pipe(v.unknown(), v.transform(wrap), schema)
}

function toComponent({ slug, name, category, version, required_tier }: WireComponent): Component {
  return { slug, name, category, version, requiredTier: required_tier }
}
