/** Whether text is a product's slug: lower-case letters, digits and hyphens, as the hub writes them (assumed). */
export function isProductSlug(text: string): boolean {
  return /^[a-z0-9-]{1,64}$/.test(text)
}
