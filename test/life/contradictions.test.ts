import { describe, expect, it } from 'vitest'
import { starterKey, tellStory } from './story.js'

describe('what contradicts itself', () => {
  it('an activation that is answered with "inactive" decides nothing', async () => {
    const story = tellStory({ signing: false })
    story.hub.faults.inject({
      kind: 'respond',
      route: 'activate',
      respond: async (_request, answer) => {
        const license: unknown = await (await answer()).json()
        return Response.json({ ...Object(license), status: 'inactive' })
      },
    })
    const client = story.start({ pinned: false })
    expect(await client.activate(starterKey)).toMatchObject({ outcome: 'deferred', reason: 'unexpected-answer' })
    expect((await client.verify()).state).toBe('unknown')
  })

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])(
    'a deadline of %s is refused in a sentence',
    async (deadlineMs) => {
      const client = tellStory().start()
      await expect(client.verify({ deadlineMs })).rejects.toMatchObject({ code: 'invalid-option' })
      await expect(client.activate(starterKey, { deadlineMs })).rejects.toMatchObject({ code: 'invalid-option' })
    },
  )
})
