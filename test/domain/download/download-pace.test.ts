import { expect, it } from 'vitest'
import { defaultDownloadDeadlineMs, slowestPace } from '../../../src/domain/download/download-pace.js'

it('gives up no line that is as fast as a modem, and one that drips long before the deadline', () => {
  const modemBytesPerSecond = 9_600 / 8
  expect((slowestPace.bytes / slowestPace.periodMs) * 1_000).toBeLessThan(modemBytesPerSecond)
  expect(slowestPace.periodMs * 10).toBeLessThan(defaultDownloadDeadlineMs)
})
