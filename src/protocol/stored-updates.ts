import type { WithheldUpdate } from '../domain/license/outcome.js'
import { type Milestone, noUpdateNews, type ReleaseNews, type UpdateNews } from '../domain/update/update-news.js'
import { isString, isText, isTime, listOf, nullable, objectOf, oneOf, type Shape } from './shape.js'
import { isRelease, isVersionText } from './stored-release.js'

/** Whether it fits the product is judged anew each time. */
const isWithheld = objectOf<WithheldUpdate>({
  slug: isText,
  reason: oneOf(['proof-missing', 'proof-invalid', 'unexpected-answer', 'outdated-answer']),
})

const isNews = nullable(
  objectOf<ReleaseNews>({
    question: isString,
    askedAt: isTime,
    offers: listOf(isRelease),
    withheld: listOf(isWithheld),
  }),
)

const isMilestone = objectOf<Milestone>({ version: isVersionText, issuedAt: nullable(isTime) })

const isMilestones: Shape<UpdateNews['milestones']> = (value): value is UpdateNews['milestones'] =>
  typeof value === 'object' && value !== null && Object.values(value).every(isMilestone)

const isUpdateNews = objectOf<UpdateNews>({ product: isNews, components: isNews, milestones: isMilestones })

/** What a record knows about releases; nothing where it cannot be read, which must not cost the license. */
export function readStoredUpdates(value: unknown): UpdateNews {
  return isUpdateNews(value) ? value : noUpdateNews
}
