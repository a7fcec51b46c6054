import type { ArchiveFault } from '../domain/component/unpacking-plan.js'

/** Where the files of one component are. */
export interface ComponentPlace {
  /** The directory that the components of the product are in, an absolute path. */
  readonly directory: string
  readonly slug: string
  /** Stands for the license: two products or sites that share a directory keep their versions apart. */
  readonly scope: string
}

/**
 * What a component's name leads to: a folder of this license, `another` license's folder, `foreign` files, which this
 * package has not put there, or nothing.
 */
export type ComponentTarget =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'another' | 'foreign' | 'none' }

/**
 * The files of components. Each version lies in a folder of its own, which never changes; the component's name leads to
 * one of them, and changes at one stroke. Rejects when the disk fails.
 */
export interface ComponentStore {
  /**
   * Takes a downloaded archive for the installation into a folder alone, and answers where it is now; `undefined` when
   * another process has taken it.
   */
  claim(place: ComponentPlace, archive: string, folder: string): Promise<string | undefined>
  /** Unpacks an archive into a new folder and forces it to the disk. Until it is used, nothing leads to it. */
  unpack(
    place: ComponentPlace,
    folder: string,
    archive: string,
    signal: AbortSignal | undefined,
  ): Promise<ArchiveFault | undefined>
  target(place: ComponentPlace): Promise<ComponentTarget>
  /** Makes the name lead to a folder: after a crash at any point, to this one or to the one before. */
  use(place: ComponentPlace, folder: string): Promise<void>
  /** Takes the name away. The folders stay. */
  release(place: ComponentPlace): Promise<void>
  has(place: ComponentPlace, folder: string): Promise<boolean>
  /**
   * Removes the folders in `outdated`, and a few of those that nobody can be at work on any more; never one in `kept`.
   */
  sweep(place: ComponentPlace, kept: readonly string[], outdated: readonly string[]): Promise<void>
  /** Removes an archive that was claimed. */
  discard(archive: string): Promise<void>
  /** The path of the component, for the product to load. */
  pathOf(place: ComponentPlace): string
  /** The path of one of its versions. */
  folderPath(place: ComponentPlace, folder: string): string
  /** Where archives are downloaded to, on the same disk. */
  downloadDirectory(place: ComponentPlace): string
}
