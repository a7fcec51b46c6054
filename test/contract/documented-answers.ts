import type { Reply } from './transport-way.js'

export const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'

/** A hub's JSON answer; frameworks state no charset. */
export function json(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body }
}

export function html(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'text/html', ...headers }, body }
}

/** The answer of activate and verify, letter for letter. */
export const licenseJson: string =
  '{"license_key":"FLVR-ABCD-EFGH-IJKL-MNOP","product_slug":"flavor-starter","domain":"mysite.com","tier":"starter",' +
  '"status":"active","expires_at":"2027-01-15T12:00:00Z","activated_at":"2026-01-15T12:00:00Z",' +
  '"features":["checkout","courier-tracking"],"activations":{"used":1,"limit":1},' +
  '"server_time":"2026-01-15T12:00:00Z","token":null}'

/** The same answer with some of its fields replaced, or new ones added. */
export function licenseWith(fields: Readonly<Record<string, unknown>>): string {
  const license: unknown = JSON.parse(licenseJson)
  return JSON.stringify(Object.assign({}, license, fields))
}

export const deactivatedJson = '{"deactivated": true, "activations": {"used": 0, "limit": 1}}'
export const notDeactivatedJson = '{"deactivated": false, "activations": {"used": 0, "limit": 1}}'

const digest = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

export const updateJson: string =
  '{"update_available":true,"product_slug":"flavor-starter","current_version":"1.4.2","latest_version":"1.5.0",' +
  '"release":{"slug":"flavor-starter","version":"1.5.0","released_at":"2026-01-01T08:30:00+00:00","channel":"stable",' +
  '"changelog_url":"https://docs.flavor.example/starter/1.5.0","requires":{"product":">=1.2.0"},"size":262144,' +
  `"sha256":"${digest}","filename":"flavor-starter-1.5.0.zip","token":null}}`

export const noUpdateJson: string =
  '{"update_available":false,"product_slug":"flavor-starter","current_version":"1.4.2","latest_version":"1.4.2",' +
  '"release":null}'

/** FastAPI's validation error, which echoes what was submitted, the license key included. */
export const echoingValidationError: string = JSON.stringify({
  detail: [
    {
      type: 'value_error',
      loc: ['body', 'domain'],
      msg: `Value error, not a domain for ${key}`,
      input: { license_key: key, product_slug: 'flavor-starter', domain: 'mysite.com' },
      ctx: { error: key },
    },
  ],
})

/** Every error of the hub: status, `code`, and the sentence that stands alone where a hub sends no code. */
export const documentedErrors = [
  { status: 400, code: 'invalid_key_format', detail: 'Invalid license key format' },
  { status: 404, code: 'license_not_found', detail: 'License not found' },
  { status: 404, code: 'product_not_found', detail: 'Product not found' },
  { status: 404, code: 'release_not_found', detail: 'Release not found' },
  { status: 404, code: 'component_not_found', detail: 'Component not found' },
  { status: 403, code: 'license_revoked', detail: 'License has been revoked' },
  { status: 403, code: 'license_expired', detail: 'License has expired' },
  { status: 403, code: 'activation_limit_reached', detail: 'Activation limit reached' },
  { status: 403, code: 'domain_not_activated', detail: 'Domain is not activated' },
  { status: 403, code: 'tier_not_entitled', detail: 'License tier does not include this component' },
  { status: 403, code: 'product_mismatch', detail: 'License belongs to another product' },
] as const

export type DocumentedCode = (typeof documentedErrors)[number]['code']

/** Answers with the documented statuses that say nothing about a license. */
export const generalRefusals: readonly (readonly [string, Reply])[] = [
  ['400 with a sentence', json(400, '{"detail":"Invalid input"}')],
  ['401', json(401, '{"detail":"Not authenticated"}')],
  ['403 of somebody else', json(403, '{"detail":"Forbidden"}')],
  ['404 with an object as detail', json(404, '{"detail":{"reason":"gone"}}')],
  ['422 that echoes the key', json(422, echoingValidationError)],
  ['422 with a code', json(422, '{"detail":"Validation error","code":"validation_error"}')],
  ['403 with a code of the future', json(403, '{"detail":"Something new","code":"license_suspended"}')],
]

/** Answers with the documented statuses that come from a machine that knows no licenses. */
export const setbackAnswers: readonly (readonly [string, Reply, string])[] = [
  ['404 of the router', json(404, '{"detail":"Not Found"}'), 'wrong-route'],
  ['405 of the router', json(405, '{"detail":"Method Not Allowed"}'), 'wrong-route'],
  [
    '500 of a crash',
    { status: 500, headers: { 'content-type': 'text/plain' }, body: 'Internal Server Error' },
    'hub-failed',
  ],
  ['502 of a proxy', html(502, '<h1>502 Bad Gateway</h1>'), 'hub-failed'],
  ['503 in JSON', json(503, '{"detail":"Service Unavailable"}'), 'hub-failed'],
  ['504 of a proxy', html(504, '<h1>504 Gateway Time-out</h1>'), 'hub-failed'],
  ['204', { status: 204, headers: {}, body: '' }, 'not-json'],
  [
    '307 to a path without the slash',
    { status: 307, headers: { location: 'http://admin.flavorteam.dev/api/v1/x' }, body: '' },
    'redirected',
  ],
]
