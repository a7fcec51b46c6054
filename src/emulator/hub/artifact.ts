import { createHash } from 'node:crypto'
import type { Release } from './release.js'

/** A release's file with what is said about it. */
export interface Artifact {
  readonly filename: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** In hex. */
  readonly sha256: string
  /** Epoch milliseconds. */
  readonly modifiedAt: number
}

const artifacts = new WeakMap<Release, Artifact>()

/** The file of a release; computed once per release object, since its bytes follow from it alone. */
export function artifactOf(slug: string, release: Release): Artifact {
  const known = artifacts.get(release)
  if (known !== undefined) return known
  const bytes = bytesOf(slug, release)
  const artifact = {
    filename: release.filename,
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    modifiedAt: release.releasedAt,
  }
  artifacts.set(release, artifact)
  return artifact
}

function bytesOf(slug: string, { version, content }: Release): Uint8Array<ArrayBuffer> {
  switch (content.kind) {
    case 'generated':
      return generate(`${slug}@${version}`, content.bytes)
    case 'base64':
      return new Uint8Array(Buffer.from(content.base64, 'base64'))
    case 'text':
      return new TextEncoder().encode(content.text)
  }
}

/** Hash output over a counter: it does not compress and has no pattern, so a lost or repeated chunk shows. */
function generate(name: string, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  for (let offset = 0; offset < length; offset += 32) {
    const block = createHash('sha256').update(`${name}:${offset}`).digest()
    bytes.set(block.subarray(0, Math.min(32, length - offset)), offset)
  }
  return bytes
}
