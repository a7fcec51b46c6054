import { digestText } from '../../asking/digest.js'
import { installedComponent } from '../../domain/component/component.js'
import type { LicenseKey } from '../../domain/license/license-key.js'
import type { LicenseRecord } from '../../domain/license/record.js'
import { isFreshNews, type ReleaseNews } from '../../domain/update/update-news.js'
import type { Engine } from '../engine.js'
import { releaseObjection } from './release-proof.js'

/** What there is to be asked about releases, each part in a request of its own. */
export interface UpdateQuestions {
  /** Stands for all that the answer depends on: the license, the version and the channel. */
  readonly product: string
  /** The same with the versions of the installed components; `null` where none is installed. */
  readonly components: string | null
}

export function installedVersions({ components }: LicenseRecord): Readonly<Record<string, string>> {
  const slugs = Object.keys(components).sort()
  return Object.fromEntries(
    slugs.flatMap((slug) => {
      const component = installedComponent(components, slug)
      return component ? [[slug, component.version] as const] : []
    }),
  )
}

export function updateQuestions(engine: Engine, record: LicenseRecord, licenseKey: LicenseKey): UpdateQuestions {
  const { hash, settings } = engine
  const installed = installedVersions(record)
  const about = (subject: unknown) => digestText(hash, JSON.stringify([licenseKey, settings.channel, subject]))
  return {
    product: about(settings.product.version),
    components: Object.keys(installed).length > 0 ? about(installed) : null,
  }
}

/**
 * What the hub last said, where that still answers the question. Its signatures are checked again: the record vouches for
 * them only as far as this machine can be trusted, and a token ends.
 */
export async function recallNews(
  engine: Engine,
  news: ReleaseNews | null,
  question: string,
  time: number,
): Promise<ReleaseNews | undefined> {
  if (!isFreshNews(news, question, time)) return undefined
  for (const offer of news.offers) if (await releaseObjection(engine, offer)) return undefined
  return news
}
