import type { Deferred } from '../license/outcome.js'
import type { SetbackReason } from '../license/setback.js'
import type { PortalAccount } from './account.js'
import type { PortalRefusal } from './refusal.js'

/** The portal said no, or would have. NotDone has changed. */
export interface PortalRefused {
  readonly outcome: 'refused'
  readonly reason: PortalRefusal
  /** A sentence that says what is wrong and what to do. */
  readonly message: string
  /** Which fields of the input are wrong, where that is known. */
  readonly fields?: readonly string[]
}

/** The request has gone out and its answer was lost: it is not known whether anything was created. */
export interface Uncertain {
  readonly outcome: 'uncertain'
  readonly reason: SetbackReason
  readonly message: string
  /** When the request was sent, epoch milliseconds: what it created is not older. */
  readonly sentAt: number
}

/** The call has done nothing. */
export type NotDone = PortalRefused | Deferred

/** The account is logged in. */
export interface LoggedIn {
  readonly outcome: 'logged-in'
  /** `null` where the login was made elsewhere. */
  readonly account: PortalAccount | null
}

/** The tokens of the login are forgotten on this machine. */
export interface LoggedOut {
  readonly outcome: 'logged-out'
}

/** What a list holds. */
export interface Listed<Item> {
  readonly outcome: 'listed'
  readonly items: readonly Item[]
}

/** One page of a list. */
export interface ListedPage<Item> extends Listed<Item> {
  readonly page: number
  /** How many items there are altogether, or `null` where the hub does not say so. */
  readonly total: number | null
  /** Whether there may be more on the next page. */
  readonly hasMore: boolean
}

/** What was asked for. */
export interface Found<Item> {
  readonly outcome: 'found'
  readonly item: Item
}

/** The portal has made it. */
export interface Created<Item> {
  readonly outcome: 'created'
  readonly item: Item
}

/** The portal has made all of them. */
export interface CreatedAll<Item> {
  readonly outcome: 'created'
  readonly items: readonly Item[]
}

/** What became of each item of an order: `unknown` may have been created, `not-created` has not. */
export type OrderedItem<Item> =
  | { readonly state: 'created'; readonly item: Item }
  | { readonly state: 'unknown' }
  | { readonly state: 'not-created' }

/** Some of an order was created, or may have been, and then something stopped it. */
export interface CreatedInPart<Item> {
  readonly outcome: 'created-in-part'
  /** What was created for certain. */
  readonly items: readonly Item[]
  /** One entry for each ordered item, in order. */
  readonly results: readonly OrderedItem<Item>[]
  /** How many may have been created. Look for them in the list before you order them again. */
  readonly unknown: number
  /** How many were not created. Ordering as many again creates nothing twice. */
  readonly remaining: number
  /** What stopped it. */
  readonly stoppedBy: NotDone | Uncertain
  readonly message: string
}

/** `item` is `null` where the hub does not show it. */
export interface Changed<Name extends string, Item> {
  readonly outcome: Name
  readonly item: Item | null
}

/** What was to go is gone. */
export interface Gone<Name extends string> {
  readonly outcome: Name
}

/** What became of reading a whole list. */
export type ListOutcome<Item> = Listed<Item> | NotDone

/** What became of reading one page of a list. */
export type PageOutcome<Item> = ListedPage<Item> | NotDone

/** What became of a question about one thing. */
export type FindOutcome<Item> = Found<Item> | NotDone

/** What became of an order. */
export type CreateOutcome<Item> = Created<Item> | NotDone | Uncertain

/** What became of an order of many. */
export type CreateBulkOutcome<Item> = CreatedAll<Item> | CreatedInPart<Item> | NotDone

/** What became of a change. */
export type ChangeOutcome<Name extends string, Item> = Changed<Name, Item> | NotDone

/** What became of a removal. */
export type RemoveOutcome<Name extends string> = Gone<Name> | NotDone
