import type { SwapHooks } from '../index.js'
import type { Authorize } from './gate.js'
import type { PanelMessages } from './messages/panel-messages.js'

/** Who may use the panel, where it is, and how it speaks. */
export interface PanelOptions {
  /**
   * Whether whoever sent a request may manage the license: your product's own session, role or token. Asked for
   * everything that the panel serves. There is no default, since no default is safe: a Web request does not know its
   * peer, and behind a proxy every request comes from loopback.
   */
  readonly authorize: Authorize
  /**
   * The hosts under which your product is reached, with their ports: `['shop.example', 'localhost:3000']`. A request
   * under another name is refused.
   */
  readonly hosts: readonly string[]
  /** Where the panel is mounted, as it stands in the browser's address: `/license`. @defaultValue '' (the root) */
  readonly path?: string
  /** What the panel calls the product. @defaultValue its slug */
  readonly title?: string
  /** A page where an expired license is renewed. @defaultValue none */
  readonly renewUrl?: string
  /**
   * Where updates of the product are downloaded to, an absolute path. Without it the panel tells of an update and its
   * changelog, and leaves the rest to your product.
   */
  readonly downloadDirectory?: string
  /**
   * Whether components are installed, updated, put back and removed here, which takes the `components.directory` of the
   * license client. In place of `true`: your product's own checks of a version that takes the place of another.
   *
   * @defaultValue false
   */
  readonly components?: boolean | SwapHooks
  /** The language of the panel's own page. @defaultValue what the browser asks for */
  readonly language?: string
  /** Further languages, or other words in those that there are, by language tag: `{ fr: … }`. */
  readonly messages?: Readonly<Record<string, PanelMessages>>
}
