import { createHash } from 'node:crypto'
import type { Release } from './release.js'
import { generatedBytes, packArchive, sampleFiles } from './sample-archive.js'

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
  const artifact = artifactFrom(bytesOf(slug, release), release.filename, release.releasedAt)
  artifacts.set(release, artifact)
  return artifact
}

export function artifactFrom(bytes: Uint8Array<ArrayBuffer>, filename: string, modifiedAt: number): Artifact {
  return { filename, bytes, sha256: createHash('sha256').update(bytes).digest('hex'), modifiedAt }
}

function bytesOf(slug: string, { version, content }: Release): Uint8Array<ArrayBuffer> {
  const name = `${slug}@${version}`
  switch (content.kind) {
    case 'archive':
      return packArchive(content.files ?? sampleFiles(slug, version), generatedBytes(name, content.padding))
    case 'generated':
      return generatedBytes(name, content.bytes)
    case 'base64':
      return new Uint8Array(Buffer.from(content.base64, 'base64'))
    case 'text':
      return new TextEncoder().encode(content.text)
  }
}
