/**
 * Prints what the changelog says of the version of the package in this folder: node scripts/release-notes.mjs v1.2.0.
 * Fails when there is nothing to print, and where a release must not be: when the tag is not that of the version, and when
 * nobody has said where the repository is.
 */
import { readFileSync } from 'node:fs'

const { version, repository } = JSON.parse(readFileSync('package.json', 'utf8'))
const address = typeof repository === 'string' ? repository : repository?.url
const [tag] = process.argv.slice(2)
const sections = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m)
const section = sections.find((text) => text.split(/\s/, 1)[0] === version) ?? ''
const notes = section.slice(section.indexOf('\n')).trim()

/** What stands against a release, if anything does. */
function objection() {
  if (tag !== `v${version}`) return `The tag must be v${version}, the version in package.json, and is ${tag}.`
  if (!address) {
    return 'package.json does not say where the repository is: set "repository", or npm refuses the statement of provenance.'
  }
  return notes === '' ? `The changelog says nothing of ${version}. Give it a section, "## ${version}".` : undefined
}

const refusal = objection()
if (refusal === undefined) console.log(notes)
else {
  console.error(refusal)
  process.exitCode = 1
}
