import { type InstalledComponents, installedComponent } from '../../domain/component.js'
import type { CheckComponentsOutcome } from '../../domain/component-outcome.js'
import type { ComponentUpdate, WithheldUpdate } from '../../domain/outcome.js'
import type { ComponentAnswer } from '../../protocol/exchange/component.js'
import type { AskOptions } from '../ask-license.js'
import type { Engine } from '../engine.js'
import { askForReleases } from './ask.js'

/** Asks about all installed components at once. */
export async function checkComponents(engine: Engine, options: AskOptions): Promise<CheckComponentsOutcome> {
  const record = await engine.keeper.load()
  const installed = typeof record === 'string' ? {} : versionsOf(record.components)
  const reply = await askForReleases(engine, installed, options)
  if (reply.outcome !== 'answered') return reply

  const items: ComponentUpdate[] = []
  const withheld: WithheldUpdate[] = []
  for (const answer of reply.answer) {
    const currentVersion = Object.hasOwn(installed, answer.slug) ? installed[answer.slug] : undefined
    // The hub was not asked about it.
    if (currentVersion === undefined) continue
    const judged = await judge(answer, currentVersion, engine.settings.product.version)
    if (!judged) continue
    if ('reason' in judged) withheld.push(judged)
    else items.push(judged)
  }
  return items.length > 0 ? { outcome: 'available', items, withheld } : { outcome: 'current', withheld }
}

function versionsOf(components: InstalledComponents): Readonly<Record<string, string>> {
  const slugs = Object.keys(components)
  return Object.fromEntries(
    slugs.flatMap((slug) => {
      const version = installedComponent(components, slug)?.version
      return version === undefined ? [] : [[slug, version]]
    }),
  )
}

async function judge(
  { slug, release, problem }: ComponentAnswer,
  currentVersion: string,
  productVersion: string,
): Promise<ComponentUpdate | WithheldUpdate | undefined> {
  if (problem) return { slug, reason: problem }
  if (!release) return undefined
  // Comparing versions takes a library that no start of a product should pay for.
  const { judgeOffer } = await import('../../domain/update-choice.js')
  switch (judgeOffer(release, currentVersion, productVersion)) {
    case 'newer':
      return { slug, currentVersion, release }
    case 'product-version':
      return { slug, reason: 'product-version' }
    case 'not-newer':
      return undefined
  }
}
