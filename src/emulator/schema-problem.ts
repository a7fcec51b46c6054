import type * as v from 'valibot'

/**
 * What a schema finds wrong, with the path of the field, as a part of a sentence.
 *
 * @param owner - What has the field.
 * @param whole - What the sentence calls the owner where no field of it is wrong, but it itself.
 */
export function problemOf(issue: v.BaseIssue<unknown>, owner: string, whole = 'the file'): string {
  return `${pathOf(issue, whole)} ${wordingOf(issue, owner)}`
}

function pathOf(issue: v.BaseIssue<unknown>, whole: string): string {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return path === '' ? whole : path.replace(/^\./, '')
}

/** Schema messages say `must …` or `is …`, valibot's own say `Invalid …: Expected X but received Y`. */
function wordingOf(issue: v.BaseIssue<unknown>, owner: string): string {
  if (issue.received === 'undefined') return 'is missing'
  if (/^(?:must|is) /.test(issue.message)) return issue.message
  if (issue.expected === 'never') return `is not a field that ${owner} has`
  if (!issue.message.startsWith('Invalid ')) return `is wrong: ${issue.message}`
  return `must be ${issue.expected ?? 'valid'}, not ${issue.received}`
}
