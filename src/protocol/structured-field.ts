/** A member of a structured field (RFC 9651). Items stay as they are written: whoever reads one knows its type. */
export interface FieldMember {
  /** In a dictionary; `null` in a list. */
  readonly key: string | null
  readonly item: string
  readonly parameters: ReadonlyMap<string, string>
}

const key = '[a-z*][a-z0-9_.*-]*'
const bareItems = [
  '"(?:[ !#-\\[\\]-~]|\\\\["\\\\])*"',
  '-?\\d{1,15}(?:\\.\\d{1,3})?',
  "[A-Za-z*][\\w:/!#$%&'*+.^`|~-]*",
  ':[A-Za-z0-9+/=]*:',
  '\\?[01]',
]
const bareItem = `(?:${bareItems.join('|')})`
const parameter = new RegExp(`; *(${key})(?:=(${bareItem}))?`, 'g')
const member = new RegExp(
  `(?:(${key})=)?(${bareItem})((?:; *${key}(?:=${bareItem})?)*)(?:[ \\t]*,[ \\t]*(?!$)|$)`,
  'gy',
)

/** `undefined` where the text is neither a list nor a dictionary of items. */
export function parseStructuredField(text: string): readonly FieldMember[] | undefined {
  const members = [...text.matchAll(member)]
  if (members.map(([whole]) => whole).join('') !== text) return undefined
  return members.map(([, key, item = '', parameters = '']) => ({
    key: key ?? null,
    item,
    parameters: new Map(Array.from(parameters.matchAll(parameter), ([, name = '', value = '?1']) => [name, value])),
  }))
}
