/** A time as the REST API writes it: RFC 3339 with `Z`. */
export function timestamp(epochMs: number): string {
  return new Date(epochMs).toISOString()
}
