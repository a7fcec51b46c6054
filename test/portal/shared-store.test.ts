import { expect, it } from 'vitest'
import { createPortalClient } from '../../src/portal/index.js'
import { manualClock } from '../support/manual-clock.js'
import { sharedPlace } from '../support/memory-shared-store.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { apiKeyAuth, hubUrl } from './portal-under-test.js'

it('programs on machines that share a store keep one budget of portal calls', async () => {
  let asked = 0
  const place = sharedPlace(manualClock())
  const fetch: typeof globalThis.fetch = async () => {
    asked += 1
    return Response.json([])
  }
  const outcomes = async (sharedStore = place.seenFrom(manualClock())) => {
    const limits = { portal: { limit: 2, windowMs: 60_000 } }
    const directory = temporaryDirectory()
    const portal = createPortalClient({ hub: { url: hubUrl, limits }, auth: apiKeyAuth, directory, fetch, sharedStore })
    const first = await portal.clients.list().page({ deadlineMs: 1_000 })
    const second = await portal.clients.list().page({ deadlineMs: 1_000 })
    return [first.outcome, second.outcome]
  }
  expect(await outcomes()).toEqual(['listed', 'listed'])
  expect(await outcomes()).toEqual(['deferred', 'deferred'])
  expect(asked).toBe(2)
})
