import type { Report } from './report.js'
import type { Terminal } from './terminal.js'

/** What a command does. A program that runs on, such as the emulator, reports `null`: it has printed all it has to. */
export type Operation = (terminal: Terminal) => Promise<Report | null>

/** Runs a command. Handed to the parser, so that commands neither print nor end the process. */
export type Perform = (operation: Operation) => Promise<void>
