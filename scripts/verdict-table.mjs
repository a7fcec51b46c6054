// Writes docs/verdicts.md from fixtures/verdicts/*.json, the very cases that the tests run.
// With --check it writes nothing and fails when the page is out of date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const folder = new URL('../fixtures/verdicts/', import.meta.url)
const page = new URL('../docs/verdicts.md', import.meta.url)

const introduction = `# Verdicts

Every rule by which a license record becomes a verdict, by example. This page is made from
\`fixtures/verdicts\` with \`node scripts/verdict-table.mjs\`, and the tests run the same cases.

Unless a table says otherwise, the hub vouched for the license on 2026-06-01 at 00:00, the license ends on 2027-01-01,
the verification interval is 12 hours, the grace period 14 days, and the product has no grace after the end of the
license. All times are UTC. An “attempt” is one to ask the hub that brought no word of it.
`

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

const time = (text) =>
  text.replace(
    /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)Z$/,
    (_, day, clock) => `${day} ${clock.replace(/:00$/, '')}`,
  )

function written(value) {
  if (value === null) return 'none'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(written).join(', ')
  return time(String(value))
}

/** `{ a: { b: 1 } }` as `a.b = 1`: what a case says of its own. */
function differences(value, path = []) {
  return Object.entries(value).flatMap(([name, part]) => {
    const here = [...path, name]
    return isObject(part) ? differences(part, here) : [`\`${here.join('.')}\` ${written(part)}`]
  })
}

function attempt({ reason, retryAt }) {
  return `attempt failed: \`${reason}\`, again from ${time(retryAt)}`
}

function backOff({ reason, attemptedAt, until }) {
  return `back-off after \`${reason}\` from ${time(attemptedAt)} to ${time(until)}`
}

function given({ record = {}, problem, context = {} }) {
  const { backOff: waiting, ...recorded } = record
  const { now, setback, source, ...circumstances } = context
  return [
    ...(problem ? [`\`${problem}\``] : []),
    ...(source === 'hub' ? ['just answered'] : []),
    ...differences(recorded),
    ...differences(circumstances),
    ...(waiting ? [backOff(waiting)] : []),
    ...(setback ? [attempt(setback)] : []),
  ].join('; ')
}

function verdict({ state, reason, endsAt, lastAttempt }) {
  const parts = [reason ? `**${state}** \`${reason}\`` : `**${state}**`]
  if (endsAt) parts.push(`until ${time(endsAt)}`)
  if (lastAttempt) parts.push(`tells the attempt \`${lastAttempt.reason}\``)
  return parts.join(', ')
}

const cell = (text) => text.replaceAll('|', '\\|')

function nextCheck({ nextCheckAt }, now) {
  return Date.parse(nextCheckAt) <= Date.parse(now) ? 'due' : time(nextCheckAt)
}

function row(each) {
  const { now } = each.context
  return [each.name, given(each) || '–', time(now), verdict(each.verdict), nextCheck(each.verdict, now)]
    .map(cell)
    .join(' | ')
}

function section({ title, rule, cases, ...common }) {
  const inAll = given(common)
  return `## ${title}

${rule}
${inAll && `\nIn all of these: ${inAll}.\n`}
| Case | Given | Now | Verdict | Next check |
| --- | --- | --- | --- | --- |
${cases.map((each) => `| ${row(each)} |`).join('\n')}
`
}

const themes = readdirSync(folder)
  .filter((file) => file !== 'base.json')
  .sort()
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
const text = [introduction, ...themes.map(section)].join('\n')

if (!process.argv.includes('--check')) {
  writeFileSync(page, text)
} else if (readFileSync(page, 'utf8') !== text) {
  console.error('docs/verdicts.md is out of date. Run: node scripts/verdict-table.mjs')
  process.exitCode = 1
}
