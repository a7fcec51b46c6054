export interface Curve {
  readonly label: string
  /** Names the color. */
  readonly key: 'own' | 'cron' | 'exponential' | 'constant'
  readonly points: readonly (readonly [x: number, y: number])[]
}

export interface Chart {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  readonly xRange: readonly [number, number]
  readonly xTicks: readonly number[]
  /** The highest power of ten on the axis, which is logarithmic and begins at 1. */
  readonly yDecades: number
  readonly curves: readonly Curve[]
  /** A stretch of the x axis that is shaded. */
  readonly shaded?: { readonly from: number; readonly to: number; readonly label: string }
}

const size = { width: 860, height: 430, left: 104, right: 24, top: 88, bottom: 58 } as const

const style = `
  text { font: 13px system-ui, 'DejaVu Sans', sans-serif; fill: #24292f }
  .title { font-size: 16px; font-weight: 600 }
  .paper { fill: #ffffff }
  .grid { stroke: #d8dee4; stroke-width: 1 }
  .shade { fill: #eaeef2 }
  .curve { fill: none; stroke-width: 1.6; stroke-linejoin: round }
  .own { stroke: #0a7d33; stroke-width: 3 }
  .cron { stroke: #b35900 }
  .exponential { stroke: #8250df }
  .constant { stroke: #cf222e }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .paper { fill: #0d1117 }
    .grid { stroke: #30363d }
    .shade { fill: #21262d }
    .own { stroke: #3fb950 }
    .cron { stroke: #f0883e }
    .exponential { stroke: #a371f7 }
    .constant { stroke: #ff7b72 }
  }
`

/** A line chart with a logarithmic y axis as an SVG document, for light and dark pages. */
export function drawChart(chart: Chart): string {
  const right = size.width - size.right
  const bottom = size.height - size.bottom
  const [least, most] = chart.xRange
  const x = (value: number) => size.left + ((value - least) / (most - least)) * (right - size.left)
  const y = (value: number) => bottom - (Math.log10(Math.max(value, 1)) / chart.yDecades) * (bottom - size.top)

  const rows = Array.from({ length: chart.yDecades + 1 }, (_, decade) => {
    const height = y(10 ** decade).toFixed(1)
    return `<line class="grid" x1="${size.left}" x2="${right}" y1="${height}" y2="${height}"/>
<text x="${size.left - 8}" y="${height}" dy="4" text-anchor="end">${decade === 0 ? '0 or 1' : (10 ** decade).toLocaleString('en-US')}</text>`
  })
  const columns = chart.xTicks.map(
    (
      tick,
    ) => `<line class="grid" x1="${x(tick).toFixed(1)}" x2="${x(tick).toFixed(1)}" y1="${size.top}" y2="${bottom}"/>
<text x="${x(tick).toFixed(1)}" y="${bottom + 20}" text-anchor="middle">${tick}</text>`,
  )
  const { shaded } = chart
  const shade = shaded
    ? `<rect class="shade" x="${x(shaded.from).toFixed(1)}" y="${size.top}" width="${(x(shaded.to) - x(shaded.from)).toFixed(1)}" height="${bottom - size.top}"/>
<text x="${((x(shaded.from) + x(shaded.to)) / 2).toFixed(1)}" y="${size.top + 18}" text-anchor="middle">${shaded.label}</text>`
    : ''
  let nextEntry: number = size.left
  const legend = chart.curves.map(({ label, key }) => {
    const start = nextEntry
    nextEntry += 60 + label.length * 6.8
    return `<line class="curve ${key}" x1="${start}" x2="${start + 24}" y1="62" y2="62"/>
<text x="${start + 30}" y="66">${label}</text>`
  })
  // The one that the chart is about is drawn last, on top.
  const lines = [...chart.curves].reverse().map(({ key, points }) => {
    const path = points.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
    return `<polyline class="curve ${key}" points="${path}"/>`
  })

  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-label="${chart.title}">
<style>${style}</style>
<rect class="paper" width="${size.width}" height="${size.height}"/>
<text class="title" x="${size.left}" y="32">${chart.title}</text>
${[shade, ...rows, ...columns, ...legend, ...lines].filter(Boolean).join('\n')}
<text x="${(size.left + right) / 2}" y="${size.height - 14}" text-anchor="middle">${chart.xLabel}</text>
<text transform="translate(20 ${(size.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${chart.yLabel}</text>
</svg>
`
}
