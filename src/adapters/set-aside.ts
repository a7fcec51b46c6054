/** What the name of a record ends in that could not be read and was taken out of the way. */
export const asideSuffix = '.damaged'

/** The first ones say most about what went wrong, and their number is bounded; later ones are let go. */
export const asideLimit = 3
