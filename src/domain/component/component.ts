/** A component of the product that the hub offers. */
export interface Component {
  readonly slug: string
  readonly name: string
  /** Such as `payment-gateway`, `courier` or `erp`. */
  readonly category: string
  /** The newest version. */
  readonly version: string
  /** The smallest tier of license that includes it. */
  readonly requiredTier: string
}

/** A component of the whole catalog. */
export interface CatalogComponent extends Component {
  /** Whether this license includes it. */
  readonly entitled: boolean
}

/** A version of a component that was unpacked on this machine. */
export interface InstalledVersion {
  /** Semantic version. */
  readonly version: string
  /** SHA-256 of the archive that it came in, lower-case hex. */
  readonly sha256: string
  /** Epoch milliseconds, on the machine's clock. */
  readonly installedAt: number
  /** The name of the folder that holds its files. No two installations share one. */
  readonly folder: string
}

/** A component that is installed: the version in use, and the one before, which a rollback brings back. */
export interface InstalledComponent extends InstalledVersion {
  /** The directory that the components of the product are in, an absolute path. */
  readonly directory: string
  readonly previous: InstalledVersion | null
  /** Its first version has not yet passed the product's own check, so that it does not count as installed. */
  readonly onTrial?: true
}

/** What is installed, by slug. */
export type InstalledComponents = Readonly<Record<string, InstalledComponent>>

/** What is installed under a slug. A hub may call a component `constructor`, which every object has. */
export function installedComponent(components: InstalledComponents, slug: string): InstalledComponent | undefined {
  const component = Object.hasOwn(components, slug) ? components[slug] : undefined
  return component?.onTrial ? undefined : component
}
