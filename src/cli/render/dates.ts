const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** `2027-01-15 12:00 UTC (in 365 days)` */
export function renderDate(time: number, now: number): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return 'unknown'
  const [day = '', clock = ''] = date.toISOString().split('T')
  return `${day} ${clock.slice(0, 5)} UTC (${distance(time - now)})`
}

function distance(ms: number): string {
  const unit = units.find(([, length]) => Math.abs(ms) >= length)
  return unit ? relative.format(Math.round(ms / unit[1]), unit[0]) : 'now'
}
