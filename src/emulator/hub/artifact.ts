import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import type { Content, Release } from './release.js'
import { generatedBytes, packArchive, sampleFiles } from './sample-archive.js'

/** Bytes at once, or as they come from the disk. */
export type ArtifactBody = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>

/** A release's file with what is said about it. */
export interface Artifact {
  readonly filename: string
  /** Bytes. */
  readonly size: number
  /** In hex. */
  readonly sha256: string
  /** Epoch milliseconds. */
  readonly modifiedAt: number
  /** The bytes from `first` to before `end`. */
  body(first: number, end: number): ArtifactBody
}

const artifacts = new WeakMap<Release, Artifact>()

/** The file of a release; computed once per release object, since its bytes follow from it alone. */
export function artifactOf(slug: string, release: Release): Artifact {
  const known = artifacts.get(release)
  if (known !== undefined) return known
  const { filename, releasedAt: modifiedAt, content } = release
  const artifact = {
    filename,
    modifiedAt,
    ...(content.kind === 'file' ? onDisk(content) : inMemory(slug, release, content)),
  }
  artifacts.set(release, artifact)
  return artifact
}

type File = Pick<Artifact, 'size' | 'sha256' | 'body'>

function inMemory(slug: string, { version }: Release, content: Exclude<Content, { kind: 'file' }>): File {
  const bytes = bytesOf(slug, version, content)
  return {
    size: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    body: (first, end) => bytes.slice(first, end),
  }
}

function onDisk({ path, size, sha256, modifiedAt }: Extract<Content, { kind: 'file' }>): File {
  return {
    size,
    sha256,
    body: (first, end) => {
      const present = statSync(path)
      // Its entity tag would vouch for other bytes.
      if (present.size !== size || present.mtimeMs !== modifiedAt) throw new Error(`${path} has changed.`)
      if (end <= first) return new Uint8Array()
      return Readable.toWeb(createReadStream(path, { start: first, end: end - 1 })) as ReadableStream<Uint8Array>
    },
  }
}

function bytesOf(slug: string, version: string, content: Exclude<Content, { kind: 'file' }>): Uint8Array<ArrayBuffer> {
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
