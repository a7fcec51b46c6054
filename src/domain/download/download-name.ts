import { entryNameProblem } from '../component/archive-entry-name.js'

/**
 * Whether a release's file may be stored under this name. The name is the hub's word, which no signature covers: it must
 * not lead out of the directory, hide, or be taken for an option by whoever lists the directory to a program.
 */
export function isSafeFilename(name: string): boolean {
  return entryNameProblem(name) === undefined && !name.includes('/') && !/^[.-]/.test(name)
}
