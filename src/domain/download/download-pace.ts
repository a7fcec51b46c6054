/** A download that brings less than this in a period is given up: a server that drips would hold it for ever. */
export const slowestPace: { readonly bytes: number; readonly periodMs: number } = { bytes: 16_384, periodMs: 30_000 }

/** How long a download may take in all unless told otherwise. */
export const defaultDownloadDeadlineMs: number = 60 * 60_000
