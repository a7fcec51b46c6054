/**
 * Proof of a JSON value's type. What a product's start reads (its record, and the token in it) is proven by these few
 * lines: a schema library would cost it more than everything else that it does.
 */
export type Shape<Value> = (value: unknown) => value is Value

/** A lone surrogate has no UTF-8 form: text that holds one would change when it is stored. */
export function isWellFormed(text: string): boolean {
  return text.isWellFormed()
}

export const isString: Shape<string> = (value) => typeof value === 'string'

export const isText: Shape<string> = (value): value is string => isString(value) && isWellFormed(value)

export const isBoolean: Shape<boolean> = (value) => typeof value === 'boolean'

/** JSON can spell `1e400`, which reads as Infinity. */
export const isFiniteNumber: Shape<number> = (value): value is number => Number.isFinite(value)

/** JSON can spell integers that a double cannot hold: they are no counts. */
export const isCount: Shape<number> = (value): value is number => isFiniteNumber(value) && isSafeCount(value)

const isSafeCount = (value: number) => Number.isSafeInteger(value) && value >= 0

/** The furthest that a Date can be from the epoch, in milliseconds. */
const farthestTime = 8.64e15

/** Epoch milliseconds, or a span of them. */
export const isTime: Shape<number> = (value): value is number =>
  isFiniteNumber(value) && Math.abs(value) <= farthestTime

/** Seconds since the epoch (RFC 7519). */
export const isNumericDate: Shape<number> = (value): value is number =>
  isFiniteNumber(value) && value >= 0 && value <= farthestTime / 1000

export const sha256Hex: RegExp = /^[0-9a-f]{64}$/

export const isSha256Hex: Shape<string> = (value): value is string => isString(value) && sha256Hex.test(value)

/** For what another reader will prove. */
export const isAnything: Shape<unknown> = (_): _ is unknown => true

export function oneOf<Value extends string>(values: readonly Value[]): Shape<Value> {
  return (value): value is Value => values.some((candidate) => candidate === value)
}

export function nullable<Value>(fits: Shape<Value>): Shape<Value | null> {
  return (value): value is Value | null => value === null || fits(value)
}

export function listOf<Value>(fits: Shape<Value>): Shape<readonly Value[]> {
  return (value): value is readonly Value[] => Array.isArray(value) && value.every(fits)
}

type Members<Value> = { readonly [Name in keyof Value]-?: Shape<Value[Name]> }

/** Members that are not named may be there too: a newer version may have added them. */
export function objectOf<Value extends object>(
  members: Members<Value>,
  optional: readonly (keyof Value)[] = [],
): Shape<Value> {
  const shapes = Object.entries<Shape<unknown>>(members)
  const dispensable = new Set<PropertyKey>(optional)
  return (value): value is Value =>
    typeof value === 'object' &&
    value !== null &&
    // Only the value's own members count: what somebody put on every object's prototype must not pass for a license.
    shapes.every(([name, fits]) =>
      Object.hasOwn(value, name) ? fits(Reflect.get(value, name)) : dispensable.has(name),
    )
}
