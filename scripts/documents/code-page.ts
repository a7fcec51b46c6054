import {
  componentFailureMessage,
  componentRefusalMessage,
  tierNotEntitled,
} from '../../src/domain/component/component-outcome.js'
import { downloadFailureMessage, downloadRefusalMessage } from '../../src/domain/download/download.js'
import type { MisuseCode } from '../../src/domain/errors.js'
import { offlineRefusalMessage, refusalMessage } from '../../src/domain/license/refusal.js'
import { setbackMessage } from '../../src/domain/license/setback.js'
import { verdictMessage } from '../../src/domain/license/verdict-message.js'
import { portalRefusalMessage } from '../../src/domain/portal/refusal.js'
import { hubWarningMessage } from '../../src/engine/hub/hub-warnings.js'
import { recordWarningMessage } from '../../src/engine/warnings.js'
import { webhookRejectionMessage } from '../../src/portal/verify-webhook.js'
import { errorStatus } from '../../src/protocol/wire/error.js'

const misuse: Readonly<Record<MisuseCode, string>> = {
  'invalid-option': 'an option or a value of a call is not one that it can be; the message names it',
  'invalid-product-slug': '`product.slug` is not the slug of a product',
  'invalid-version': '`product.version` is not a semantic version',
  'invalid-domain': '`domain` is neither a domain name nor `auto`',
  'invalid-hub-url': '`hub.url` is not an https URL (http on loopback), or holds more than an address',
  'unknown-route': '`hub.routes` names a route that there is not',
  'invalid-route': 'a route of `hub.routes` has no usable path, method or category',
  'invalid-limit': 'a limit of `hub.limits` is not a number of requests in a window',
  'invalid-trusted-key': 'a key of `hub.trustedKeys` is not a public Ed25519 key, or a weak one',
  'directory-is-a-file': '`directory` names a file',
  aborted: 'the `signal` of the call was aborted; `cause` is its reason',
  closed: 'the client has been closed',
}

type Rows = Readonly<Record<string, string>>

function table(rows: Rows, head: string): string {
  const lines = Object.entries(rows).map(([code, meaning]) => `| \`${code}\` | ${meaning.replaceAll('|', '\\|')} |`)
  return [`| ${head} | what it says |`, '| --- | --- |', ...lines].join('\n')
}

/** The rows that are not explained before. */
function without(rows: Rows, explained: Rows): Rows {
  return Object.fromEntries(Object.entries(rows).filter(([code]) => !Object.hasOwn(explained, code)))
}

/** docs/codes.md: every stable code with its sentence, from the tables that the library itself speaks from. */
export function codePage(): string {
  const hub = Object.fromEntries(Object.entries(errorStatus).map(([code, status]) => [code, `status ${status}`]))
  return `# Errors and codes

Every code here is stable: products and scripts may rely on it. The sentences are for people and may change. This page
is made from the code by \`node scripts/code-page.mjs\`.

## Why a verdict is \`unlicensed\`

${table(verdictMessage.unlicensed, 'reason')}

## Why a verdict is \`unknown\`

${table(verdictMessage.unknown, 'reason')}

## Why a verdict is \`grace\`

\`not-asked-yet\`, \`expired\`, or one of the reasons for which the hub did not decide.

| reason | what it says |
| --- | --- |
| \`not-asked-yet\` | ${verdictMessage.grace['not-asked-yet']} |
| \`expired\` | ${verdictMessage.grace.expired} |
| all others | ${verdictMessage.grace.undecided} |

## Why something is \`deferred\`: the hub did not decide

Nothing on the machine has changed. \`retryAt\` says when a further call makes sense.

${table(setbackMessage, 'reason')}

## Why something is \`refused\`: the hub said no

Nothing on the machine has changed.

${table(refusalMessage, 'reason')}

## Why a download is \`refused\`

Besides the reasons above. Nothing has been handed out.

${table(without(downloadRefusalMessage, refusalMessage), 'reason')}

## Why a component is \`refused\`

Besides the reasons above. What was installed still is.

${table(without(componentRefusalMessage, downloadRefusalMessage), 'reason')}
| \`tier-not-entitled\` | ${tierNotEntitled('business').message} (\`requiredTier\`) |

## Why a release is \`withheld\`

\`product-version\` as for a component; \`proof-missing\`, \`proof-invalid\`, \`unexpected-answer\` and \`outdated-answer\` as where
the hub did not decide.

## Why a download has \`failed\` on this machine

${table(downloadFailureMessage, 'reason')}

## Why a change of a component has \`failed\` on this machine

What was installed still is.

${table(componentFailureMessage, 'reason')}

## Why a license file is \`refused\`

${table(offlineRefusalMessage, 'reason')}

## Why the portal has \`refused\`

Nothing at the hub has changed. \`fields\` names what of the input is wrong, where that is known.

${table(portalRefusalMessage, 'reason')}

## Why a webhook's delivery is \`rejected\`

${table(webhookRejectionMessage, 'reason')}

## \`warning\` events

Each comes once.

${table({ ...recordWarningMessage, ...hubWarningMessage }, 'code')}

## What is thrown: \`FlavorLicenseError\`

The caller made a mistake, aborted, or used a closed client. What the hub or the network does is never thrown.
\`isFlavorLicenseError\` tells it, of whichever copy of this package.

${table(misuse, 'code')}

## What the hub says

Its statuses are documented by FlavorTeam, the codes are assumed; a hub without them is understood by status and
sentence.

${table(hub, 'code')}

## Exit codes of the command line

See [the command line](cli.md#exit-codes).
`
}
