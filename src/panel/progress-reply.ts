import type { DownloadProgress } from '../index.js'
import type { PanelProgress, PanelReply } from './panel-api.js'
import { PanelError } from './panel-error.js'
import { contentReply, errorBody } from './replies.js'

/** How many lines wait for a reader who does not keep up before progress is left out. */
const waitingLines = 16

type Work = (report: (progress: DownloadProgress) => void, signal: AbortSignal) => Promise<PanelReply>

/**
 * The answer to what takes a while: a line of JSON each time that it has advanced, and a last one with what came of
 * it. Whoever goes away ends the work.
 */
export function progressReply(request: Request, work: Work): Response {
  const gone = new AbortController()
  const encoder = new TextEncoder()
  const lines = new ReadableStream<Uint8Array>(
    {
      async start(stream) {
        const write = (line: object) => stream.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
        const report = (progress: DownloadProgress) => {
          const line: PanelProgress = { progress }
          if ((stream.desiredSize ?? 0) > 0) write(line)
        }
        const signal = AbortSignal.any([request.signal, gone.signal])
        const last = await work(report, signal).catch(() => errorBody(new PanelError('failed')))
        if (signal.aborted) return
        write(last)
        stream.close()
      },
      cancel: () => gone.abort(),
    },
    { highWaterMark: waitingLines },
  )
  return contentReply('application/x-ndjson', lines)
}
