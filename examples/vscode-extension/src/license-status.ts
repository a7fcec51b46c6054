import type { Verdict } from 'flavor-license'

/** What stands in the status bar. */
export function statusText(verdict: Verdict): string {
  switch (verdict.state) {
    case 'licensed':
      return '$(verified) Licensed'
    case 'grace':
      return '$(clock) License to be checked'
    case 'unlicensed':
      return '$(lock) Not licensed'
    case 'unknown':
      return '$(question) License unknown'
  }
}
