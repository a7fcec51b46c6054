import source from './element/panel-element.js?bundled'

/** The script of the custom element, as one file: the handler serves it from memory, wherever it was bundled to. */
export const elementSource: string = source
