import * as v from 'valibot'

/** An object that has these fields and no other. What is wrong with another one lists them. */
export function namedFields<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.StrictObjectSchema<Entries, v.ErrorMessage<v.StrictObjectIssue>> {
  const names = Object.keys(entries).join(', ')
  return v.strictObject(entries, ({ expected }) =>
    expected === 'never' ? `is not one of the fields ${names}` : `must be an object with the fields ${names}`,
  )
}
