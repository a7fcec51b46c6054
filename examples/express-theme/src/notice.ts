import type { Verdict } from 'flavor-license'

/** What stands on top of each page: nothing while all is well. */
export function notice(verdict: Verdict): string {
  switch (verdict.state) {
    case 'licensed':
      return ''
    case 'grace':
      return `${verdict.message} It works until ${new Date(verdict.endsAt).toLocaleDateString('en')}.`
    case 'unlicensed':
    case 'unknown':
      return `${verdict.message} <a href="/license/">Manage the license</a>`
  }
}
