import { create } from './create.js'

/** A part of the panel. It says what came of what was asked where that was asked. */
export interface Section {
  readonly element: HTMLElement
  /** Takes the focus when what had it is gone. */
  readonly heading: HTMLElement
  /** It stays in the page while everything around it changes: a screen reader announces what is put into it. */
  readonly result: HTMLElement
  /** For what changes too often to be announced. */
  readonly meter: HTMLElement
}

/** @param content - Stands below the heading and what is said. */
export function createSection(heading: HTMLElement, above: readonly Node[], below: readonly Node[]): Section {
  heading.tabIndex = -1
  const result = create('div', { role: 'status' })
  const meter = create('div')
  return {
    element: create('div', { class: 'section' }, ...above, result, meter, ...below),
    heading,
    result,
    meter,
  }
}
