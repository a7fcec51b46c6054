import type { WithheldUpdate } from '../license/outcome.js'
import type { Release } from './release.js'

/** What the hub last said to one question about releases. */
export interface ReleaseNews {
  /** Stands for what was asked: the answer is good for the same question alone. */
  readonly question: string
  /** On the hub's clock. */
  readonly askedAt: number
  /** What it offers; whether it is taken is judged whenever the news is read. */
  readonly offers: readonly Release[]
  /** What it offers in words that are not to be believed. */
  readonly withheld: readonly WithheldUpdate[]
}

/** How far the hub has been seen to be with the releases of one product or component in one channel. */
export interface Milestone {
  readonly version: string
  /** When the hub signed that, on its clock; `null` where nothing is signed. */
  readonly issuedAt: number | null
}

/** What this machine knows about releases. */
export interface UpdateNews {
  readonly product: ReleaseNews | null
  readonly components: ReleaseNews | null
  /** By channel and slug, see {@link milestoneName}. They outlive the license: what was seen was seen. */
  readonly milestones: Readonly<Record<string, Milestone>>
}

export const noUpdateNews: UpdateNews = { product: null, components: null, milestones: {} }

/** How long an answer is good: the interval in which updates are checked (documented by FlavorTeam). */
export const newsLifetimeMs: number = 12 * 60 * 60_000

/**
 * The same for an answer with something in it that is not to be believed. It concerns a release that exists: half a day
 * is too long to do without, and no time at all would have a broken hub asked at every start.
 */
export const doubtfulNewsLifetimeMs: number = 60 * 60_000

/**
 * More than this is not kept, and asked for again: the record of the license holds the news, and must stay small enough
 * to be read at every start.
 */
const maxKeptCharacters = 24_576

/** @param time - On the hub's clock. */
export function isFreshNews(news: ReleaseNews | null, question: string, time: number): news is ReleaseNews {
  if (news?.question !== question) return false
  const lifetimeMs = news.withheld.length > 0 ? doubtfulNewsLifetimeMs : newsLifetimeMs
  return news.askedAt <= time && time < news.askedAt + lifetimeMs
}

/** The news, as far as it is worth keeping. */
export function keepable(news: ReleaseNews | null): ReleaseNews | null {
  return JSON.stringify(news).length <= maxKeptCharacters ? news : null
}

export function milestoneName(channel: string | null, slug: string): string {
  return JSON.stringify([channel, slug])
}

export function milestoneOf({ milestones }: UpdateNews, name: string): Milestone | undefined {
  return Object.hasOwn(milestones, name) ? milestones[name] : undefined
}
