import type { DownloadProgress } from '../index.js'
import { renderBytes, renderDuration } from './render/quantities.js'
import type { Terminal } from './terminal.js'

const barWidth = 24

/**
 * Tells on standard error how far a download is: with a bar on a terminal, else with a line at its start, at every tenth
 * of it, and at its end, for a log that somebody reads later.
 */
export function downloadReporter({ stderr }: Terminal, name: string): (progress: DownloadProgress) => void {
  return stderr.isTTY ? barOn(stderr, name) : linesOn(stderr, name)
}

function barOn(stderr: Terminal['stderr'], name: string): (progress: DownloadProgress) => void {
  const returnToStart = '\r\u001B[K'
  return (progress) => {
    const share = shareOf(progress)
    const bar = '█'.repeat(Math.floor(share * barWidth)).padEnd(barWidth, '░')
    const end = progress.stage === 'verified' ? '\n' : ''
    stderr.write(`${returnToStart}${name}  ${bar}  ${percent(share)}  ${describe(progress)}${end}`)
  }
}

function linesOn(stderr: Terminal['stderr'], name: string): (progress: DownloadProgress) => void {
  let told = -1
  return (progress) => {
    const tenth = progress.stage === 'verified' ? 11 : Math.floor(shareOf(progress) * 10)
    if (tenth <= told) return
    told = tenth
    stderr.write(`${name}: ${percent(shareOf(progress))}, ${describe(progress)}\n`)
  }
}

function shareOf({ bytes, total }: DownloadProgress): number {
  return total === 0 ? 1 : bytes / total
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`
}

function describe(progress: DownloadProgress): string {
  const size = `${renderBytes(progress.bytes)} of ${renderBytes(progress.total)}`
  switch (progress.stage) {
    case 'started':
      return size
    case 'progress': {
      const left = progress.remainingMs === null ? 'waiting' : `${renderDuration(progress.remainingMs)} left`
      return `${size}, ${renderBytes(progress.bytesPerSecond)}/s, ${left}`
    }
    case 'verified':
      return `${renderBytes(progress.total)}, verified`
  }
}
