import picocolors from 'picocolors'
import { type Terminal, wantsColor } from '../terminal.js'

export type Colors = ReturnType<typeof picocolors.createColors>

export function colorsFor(terminal: Pick<Terminal, 'stdout' | 'env'>): Colors {
  return picocolors.createColors(wantsColor(terminal))
}
