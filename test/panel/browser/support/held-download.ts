import type { Testbed } from '../../../../src/testing/index.js'

/** Lets a file arrive by halves: the second half, when the test says so. */
export function holdDownload(bed: Testbed, route: 'updateDownload' | 'componentDownload'): { release(): void } {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  bed.hub.faults.inject({
    route,
    kind: 'respond',
    times: 1,
    async respond(_, answer) {
      const { status, headers, body } = await answer()
      const bytes = new Uint8Array(await new Response(body).arrayBuffer())
      const half = bytes.length / 2
      const parts = [
        async () => bytes.subarray(0, half),
        async () => {
          // The speed is what arrives in a time, and only the test moves that.
          await bed.advance({ minutes: 0.1 })
          return bytes.subarray(half, half + 1)
        },
        async () => {
          await released
          return bytes.subarray(half + 1)
        },
      ]
      const halves = new ReadableStream<Uint8Array>(
        {
          async pull(stream) {
            const part = await parts.shift()?.()
            if (part) stream.enqueue(part)
            else stream.close()
          },
        },
        // Nothing is prepared before it is asked for: time would pass before the download has begun.
        { highWaterMark: 0 },
      )
      return new Response(halves, { status, headers })
    },
  })
  return { release: () => release() }
}
