import { type Milestone, noUpdateNews, type ReleaseNews, type UpdateNews } from '../domain/update/update-news.js'
import { isVersion } from '../domain/update/version.js'
import { isString, isTime, listOf, nullable, objectOf, type Shape } from './shape.js'
import { isRelease } from './stored-release.js'

const isVersionText: Shape<string> = (value): value is string => isString(value) && isVersion(value)

const isNews = nullable(objectOf<ReleaseNews>({ question: isString, askedAt: isTime, offers: listOf(isRelease) }))

const isMilestone = objectOf<Milestone>({ version: isVersionText, issuedAt: nullable(isTime) })

const isMilestones: Shape<UpdateNews['milestones']> = (value): value is UpdateNews['milestones'] =>
  typeof value === 'object' && value !== null && Object.values(value).every(isMilestone)

const isUpdateNews = objectOf<UpdateNews>({ product: isNews, components: isNews, milestones: isMilestones })

/** What a record knows about releases; nothing where it cannot be read, which must not cost the license. */
export function readStoredUpdates(value: unknown): UpdateNews {
  return isUpdateNews(value) ? value : noUpdateNews
}
