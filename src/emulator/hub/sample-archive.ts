import { createHash } from 'node:crypto'
import { type Zippable, zipSync } from 'fflate'

/** Bytes of generated data in an archive whose seed says nothing about its content. */
export const defaultPadding = 65_536

/** The clock time that an archive states, built from local parts as zip keeps them: the same bytes in every zone. */
const packedAt = new Date(1980, 0, 1)

/** A zip archive with the same bytes at every start and on every machine. */
export function packArchive(files: Readonly<Record<string, string>>, padding: Uint8Array): Uint8Array<ArrayBuffer> {
  const entries: Zippable = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, [new TextEncoder().encode(text), { level: 9 }]]),
  )
  if (padding.byteLength > 0) entries['data.bin'] = [padding, { level: 0 }]
  return new Uint8Array(zipSync(entries, { mtime: packedAt }))
}

/** What an archive of the sample shop holds: enough to tell which one it is once it is unpacked. */
export function sampleFiles(slug: string, version: string): Readonly<Record<string, string>> {
  return {
    'manifest.json': `${JSON.stringify({ slug, version }, null, 2)}\n`,
    'README.md': `# ${slug} ${version}\n\nA sample of the local hub.\n`,
    'lib/index.js': `export const slug = '${slug}'\nexport const version = '${version}'\n`,
  }
}

/** Hash output over a counter: it does not compress and has no pattern, so a lost or repeated chunk shows. */
export function generatedBytes(name: string, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  for (let offset = 0; offset < length; offset += 32) {
    const block = createHash('sha256').update(`${name}:${offset}`).digest()
    bytes.set(block.subarray(0, Math.min(32, length - offset)), offset)
  }
  return bytes
}
