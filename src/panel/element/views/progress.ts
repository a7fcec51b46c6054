import type { DownloadProgress } from '../../../domain/download/download.js'
import { create } from '../create.js'
import type { Speech } from '../speech.js'

export interface ProgressMeter {
  readonly element: HTMLElement
  /** Answers what to announce, four times in all: a bar says more to the eye than anybody wants to hear. */
  show(progress: DownloadProgress): string | undefined
}

export function progressMeter({ label, bytes, soon }: Speech, name: string, cancel: () => void): ProgressMeter {
  const bar = create('progress', { 'aria-label': name })
  const text = create('span', { class: 'hint' })
  let announced = 0

  return {
    element: create(
      'div',
      { class: 'meter' },
      bar,
      create(
        'div',
        { class: 'split' },
        text,
        create('button', { type: 'button', class: 'cancel', click: cancel }, label('cancel')),
      ),
    ),
    show(progress) {
      bar.max = progress.total
      bar.value = progress.bytes
      const remainingMs = progress.stage === 'progress' ? progress.remainingMs : null
      text.textContent = [
        label('progress.bytes', { bytes: bytes(progress.bytes), total: bytes(progress.total) }),
        ...(remainingMs === null ? [] : [label('progress.left', { soon: soon(remainingMs) })]),
      ].join(' · ')
      const quarter = Math.floor((4 * progress.bytes) / progress.total)
      if (quarter <= announced) return undefined
      announced = quarter
      return label('progress', { percent: 25 * quarter })
    },
  }
}
