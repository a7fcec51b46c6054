/**
 * An activation panel for products that have a page: the handler that serves it, and the element that it serves.
 *
 * @module flavor-license/panel
 */
export type { Authorize } from './gate.js'
export { createPanelHandler, type PanelHandler } from './handler.js'
export type { LabelName, PanelMessages } from './messages/panel-messages.js'
export { toNodeListener, type WebHandler } from './node-listener.js'
export type { PanelOptions } from './options.js'
