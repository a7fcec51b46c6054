/** The use cases on components, loaded together when the first of them is needed: most starts of a product need none. */
export { availableComponents, listComponents } from './ask.js'
export { downloadComponent } from './download.js'
export { installComponent, updateComponent } from './install.js'
export { removeComponent } from './remove.js'
export { rollBackComponent } from './roll-back.js'
export { installedComponents } from './settle.js'
