/**
 * Prints what the changelog says of a version: node scripts/release-notes.mjs v1.2.0 < CHANGELOG.md. Fails when it says
 * nothing, or when the tag is not that of the version in package.json.
 */
import { readFileSync } from 'node:fs'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const [tag] = process.argv.slice(2)
const sections = readFileSync(process.stdin.fd, 'utf8').split(/^## /m)
const section = sections.find((text) => text.split(/\s/, 1)[0] === version) ?? ''
const notes = section.slice(section.indexOf('\n')).trim()

function refuse(sentence) {
  console.error(sentence)
  process.exitCode = 1
}

if (tag !== `v${version}`) refuse(`The tag must be v${version}, the version in package.json, and is ${tag}.`)
else if (notes === '') refuse(`The changelog says nothing of ${version}. Give it a section, "## ${version}".`)
else console.log(notes)
